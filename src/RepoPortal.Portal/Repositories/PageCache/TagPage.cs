using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Nodes;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Repositories.Content;
using RepoPortal.Portal.Shell;

namespace RepoPortal.Portal.Repositories.PageCache;

/// <summary>Works out the tag of a page before the page is made, which costs a look at the record's version and at the copy's state.</summary>
internal sealed class TagPage(OpenContent open, IRecordVersion version, TimeProvider time)
{
    // A page says how long ago something was, and whether a promise is kept at this moment.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private static readonly string Build = typeof(TagPage).Module.ModuleVersionId.ToString("n");

    /// <summary>The tag; null when the page has none: it is not about content, says something once, or cannot be read at the moment.</summary>
    /// <param name="context">The request.</param>
    /// <param name="repository">The repository's name, as it stands in the address.</param>
    internal async Task<PageTag?> ExecuteAsync(HttpContext context, string repository)
    {
        var actor = context.User.ToActor();
        if (StatusMessage.IsWaiting(context))
            return null;
        try
        {
            // Before everything that the page shows is read.
            var record = await version.ReadAsync(context.RequestAborted);
            if (!(await open.ExecuteAsync(repository, actor, context.RequestAborted)).Succeeded(out var source, out _))
                return null;
            var state = await source.Content.NameState(source.Copy, context.RequestAborted);
            var request = context.Request;
            // As it was sent: decoded, an escaped slash and one that stands for itself are alike.
            var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            var text = string.Create(
                CultureInfo.InvariantCulture,
                $"{Build}\n{request.Scheme}://{request.Host}{target}\n{request.Headers.Accept}\n{Theme.Of(context)}\n{actor.UserId}\n{record}\n{state}\n{time.GetUtcNow().Ticks / Longest.Ticks}");
            return new PageTag(Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(text))), IsForVisitors: actor.UserId is null);
        }
        catch (Exception exception) when (exception.IsNodeAway())
        {
            return null; // the page says so
        }
    }
}
