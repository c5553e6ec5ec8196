using System.Collections.Immutable;
using RepoPortal.Portal.Repositories.Copies;

namespace RepoPortal.Portal.Imports;

/// <summary>Decides whether somebody may import from where they say, and whether the users they name exist.</summary>
internal static class CheckSource
{
    private const int LongestAddress = 2000;
    private const int LongestName = 200;
    private static readonly string[] Schemes = ["http", "https", "svn"];

    /// <summary>The origin, when it can be taken.</summary>
    /// <param name="record">The record.</param>
    /// <param name="source">What they named.</param>
    /// <param name="node">The node that the repository is on; null when it is on none yet.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">The request.</param>
    internal static async Task<Outcome<CheckedSource>> OriginAsync(
        RecordContext record, NewSource source, string? node, Actor actor, CancellationToken cancellationToken)
    {
        if (source.Upload is { } id)
        {
            var upload = await record.Uploads.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.OwnerId == actor.UserId, cancellationToken);
            if (upload is null)
                return Refusal.Invalid("upload", "There is no such upload of yours.");
            if (node is not null && upload.NodeName != node)
                return Refusal.Conflict("It was uploaded to another storage node than the one of the repository; upload it again for this one.", "upload");
            return new CheckedSource(new ImportOrigin(Upload: id, Length: upload.Length), upload.NodeName);
        }

        if (source.File is not null || source.Directory is not null || source.Git is not null)
        {
            return actor is not { UserId: null, IsAdministrator: true }
                ? Refusal.Forbidden("Only whoever runs commands on the server's machine names files there.")
                : new CheckedSource(new ImportOrigin(File: source.File, Directory: source.Directory, Git: source.Git), node);
        }

        if (string.IsNullOrWhiteSpace(source.Address))
            return Refusal.Invalid("upload", "Say what is to be imported: an uploaded dump, or the address of a repository.");
        return Address(source) is { } refusal ? refusal : new CheckedSource(new ImportOrigin(Address: source.Address.Trim(), UserName: Blank(source.UserName)), node);
    }

    /// <summary>Refuses a map that names somebody who is no user.</summary>
    internal static async Task<Refusal?> AuthorsAsync(RecordContext record, ImmutableDictionary<string, string> authors, CancellationToken cancellationToken)
    {
        foreach (var name in authors.Values.Distinct(StringComparer.Ordinal))
        {
            if (!await record.Users.AnyAsync(user => user.UserName == name, cancellationToken))
                return Refusal.Invalid("authors", $"There is no user '{name}'.");
        }

        return null;
    }

    private static Refusal? Address(NewSource source)
    {
        var text = source.Address!.Trim();
        if (text.Length > LongestAddress || !Uri.TryCreate(text, UriKind.Absolute, out var address) || !Schemes.Contains(address.Scheme) || address.Host.Length == 0)
            return Refusal.Invalid("url", "Give the address of a repository's root that begins with https://, http:// or svn://.");
        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
            return Refusal.Invalid("url", "Give the address without a name, a query or a fragment in it; name and password have fields of their own.");
        if (Blank(source.UserName) is not { } name)
            return string.IsNullOrEmpty(source.Password) ? null : Refusal.Invalid("user", "Say whose password it is.");
        if (PlainText.Refuse(name, "A user name", LongestName) is { } sentence)
            return Refusal.Invalid("user", sentence);
        return PlainText.Refuse(source.Password ?? "", "A password", LongestName) is { } bad ? Refusal.Invalid("password", bad) : null;
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>A source that can be taken.</summary>
/// <param name="Origin">What is kept of it.</param>
/// <param name="Node">The node that it is bound to; null for any.</param>
internal sealed record CheckedSource(ImportOrigin Origin, string? Node);
