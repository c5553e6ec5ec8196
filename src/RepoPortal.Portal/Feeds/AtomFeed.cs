using System.Globalization;
using System.IO.Hashing;
using System.ServiceModel.Syndication;
using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using RepoPortal.Portal.Repositories.Activity;
using RepoPortal.Portal.Shell;

namespace RepoPortal.Portal.Feeds;

/// <summary>Commits as an Atom feed (RFC 4287).</summary>
internal static class AtomFeed
{
    private const string ContentType = "application/atom+xml; charset=utf-8";

    /// <summary>The feed as an answer.</summary>
    /// <param name="feed">The feed.</param>
    /// <param name="root">The portal's address, without a slash at the end.</param>
    /// <param name="address">The feed's own address, within the portal.</param>
    internal static IResult Write(Feed feed, string root, string address)
    {
        var syndication = new SyndicationFeed(Clean(feed.Title), description: null, new Uri(root + feed.Page), feed.Id, feed.Items.Max(item => item.At) ?? DateTimeOffset.UnixEpoch)
        {
            Items = [.. feed.Items.Select(item => Entry(item, root))],
        };
        syndication.Links.Add(SyndicationLink.CreateSelfLink(new Uri(root + address), ContentType));
        using var text = new MemoryStream();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) }))
            new Atom10FeedFormatter(syndication).WriteTo(xml);
        var content = text.ToArray();
        // Weak: it is sent compressed, too.
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(XxHash128.Hash(content))}\"", isWeak: true);
        return TypedResults.Bytes(content, ContentType, entityTag: tag);
    }

    private static SyndicationItem Entry(FeedItem item, string root)
    {
        var number = item.Revision.ToString(CultureInfo.InvariantCulture);
        var entry = new SyndicationItem
        {
            Id = $"urn:uuid:{item.Uuid}#r{number}",
            Title = new TextSyndicationContent(Clean($"{item.Repository} r{number}: {CommitWords.FirstLine(item.Message)}")),
            Content = new TextSyndicationContent(Clean($"{item.Message}\n\n{item.Extent}".Trim())),
            LastUpdatedTime = item.At ?? DateTimeOffset.UnixEpoch,
        };
        entry.Links.Add(SyndicationLink.CreateAlternateLink(new Uri($"{root}/r/{item.Repository}/rev/{number}")));
        entry.Authors.Add(new SyndicationPerson { Name = Clean(item.Author ?? "nobody") });
        return entry;
    }

    // Messages may hold what XML cannot: control characters, and halves of pairs.
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (at + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[at + 1], text[at]))
                clean.Append(text, at++, 2);
            else
                clean.Append(XmlConvert.IsXmlChar(text[at]) ? text[at] : '\ufffd');
        }

        return clean.ToString();
    }
}
