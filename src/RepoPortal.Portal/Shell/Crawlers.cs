using System.Globalization;
using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.Shell;

/// <summary>What search engines are told: which pages there are (<c>sitemap.xml</c>), and which to leave alone (<c>robots.txt</c>).</summary>
internal static class Crawlers
{
    private const string SitemapPath = "/sitemap.xml";
    private const string Namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";

    // The most that one sitemap may list.
    private const int MostPages = 50_000;

    // What is behind a sign-in answers with it; these are open, and would only cost.
    private static readonly string[] Closed = ["/repos/", "/api/", "/sign-in", "/set-password", "/forgot", "/invitation", "/r/*/archive/", "/r/*/blame/", "/r/*/compare", "/r/*/search", "/r/*/find", "/r/*/paths", "/r/*/activity.csv"];

    internal static void MapCrawlers(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/robots.txt", (PublicAddress address) => TypedResults.Text(Robots(address.Root), "text/plain", Encoding.UTF8)).ExcludeFromDescription();
        routes.MapGet(SitemapPath, SitemapAsync).ExcludeFromDescription();
    }

    private static string Robots(string root) =>
        $"User-agent: *\n{string.Concat(Closed.Select(path => $"Disallow: {path}\n"))}Sitemap: {root}{SitemapPath}\n";

    /// <summary>The pages of public repositories.</summary>
    private static async Task<IResult> SitemapAsync(IDbContextFactory<RecordContext> contexts, PublicAddress address, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var repositories = await record.Repositories
            .Where(row => row.Visibility == Visibility.Public && row.State == RepositoryState.Ready && row.GoneAt == null)
            .OrderBy(row => row.Id)
            .Select(row => new { row.Name, At = row.LastCommitAt ?? row.CreatedAt })
            .Take(MostPages)
            .ToListAsync(cancellationToken);
        using var text = new MemoryStream();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) }))
        {
            xml.WriteStartElement("urlset", Namespace);
            foreach (var repository in repositories)
            {
                xml.WriteStartElement("url", Namespace);
                xml.WriteElementString("loc", Namespace, $"{address.Root}/r/{repository.Name}");
                xml.WriteElementString("lastmod", Namespace, repository.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        return TypedResults.Bytes(text.ToArray(), "application/xml; charset=utf-8");
    }
}
