using System.Text;
using RepoPortal.Contracts.Content;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Shell;

namespace RepoPortal.Portal.Repositories.Content.Download;

/// <summary>Hands out a directory, to be written into an archive.</summary>
internal sealed class OpenDirectory(OpenContent open, StillLetIn letIn, TimeProvider time)
{
    /// <param name="name">The repository's name.</param>
    /// <param name="path">The directory's path.</param>
    /// <param name="choice">At which revision.</param>
    /// <param name="actor">Who wants it.</param>
    /// <param name="cancellationToken">The request.</param>
    internal async Task<Outcome<OpenedDirectory>> ExecuteAsync(string name, string path, RevisionChoice choice, Actor actor, CancellationToken cancellationToken)
    {
        if (!(await open.ExecuteAsync(name, actor, cancellationToken)).Succeeded(out var source, out var refusal))
            return refusal;
        var request = new ContentRequest(path, choice.Revision, choice.At, Filter: null, Skip: 0, Take: 0, MostBytes: 0);
        return await source.Content.View(source.Copy, request, source.Reader, cancellationToken) is DirectoryContent directory
            ? new OpenedDirectory(source, directory, TitleOf(name, directory), new StillOpen(open, letIn, name, actor, time))
            : Refusal.NotFound("There is no such directory in that revision.");
    }

    // "climate-model-trunk-r17": what the file is called, and what it unpacks to. Nothing in it means anything to a file system.
    private static string TitleOf(string name, DirectoryContent directory)
    {
        var title = new StringBuilder(name);
        if (directory.Path != "/")
            title.Append('-').Append(FileFacts.NameOf(directory.Path));
        title.Append("-r").Append(Format.Plain(directory.Revision));
        foreach (var unfit in "\\:*?\"<>|".Concat(title.ToString().Where(char.IsControl)))
            title.Replace(unfit, '_');
        return title.ToString();
    }
}

/// <summary>A directory, ready to be read from its node.</summary>
internal sealed class OpenedDirectory(ContentSource source, DirectoryContent directory, string title, StillOpen open)
{
    private const string LinkPrefix = "link ";

    /// <summary>The name of an archive of it, without an extension.</summary>
    public string Title => title;

    /// <summary>Writes everything that the reader may see of it; of nothing more than a piece is in memory.</summary>
    /// <exception cref="IOException">The right to it was lost.</exception>
    public async Task WriteAsync(ArchiveForm form, Stream destination, CancellationToken cancellationToken)
    {
        await using var archive = await form.OpenAsync(destination, directory.Change.At ?? DateTimeOffset.UnixEpoch, cancellationToken);
        await archive.AddDirectoryAsync(title, cancellationToken);
        // The first bytes go out before more is read.
        await destination.FlushAsync(cancellationToken);
        var top = new PathAtRevision(directory.Path, directory.Revision);
        for (string? after = null; ;)
        {
            await open.RequireAsync(cancellationToken);
            var piece = await source.Content.ListBelow(source.Copy, top, after, source.Reader, cancellationToken) ?? throw StillOpen.Lost();
            foreach (var entry in piece.Entries)
                await AddAsync(archive, entry, cancellationToken);
            if (piece.IsLast)
                return;
            after = piece.Entries[^1].Path;
        }
    }

    private async Task AddAsync(IArchive archive, TreeEntry entry, CancellationToken cancellationToken)
    {
        var path = $"{title}/{entry.Path}";
        if (entry.IsDirectory)
        {
            await archive.AddDirectoryAsync(path, cancellationToken);
        }
        else if (LinkIn(entry) is { } target)
        {
            await archive.AddLinkAsync(path, target, cancellationToken);
        }
        else
        {
            var at = new PathAtRevision(directory.Path == "/" ? $"/{entry.Path}" : $"{directory.Path}/{entry.Path}", directory.Revision);
            await using Stream content = entry.Content is { } small ? new MemoryStream(small) : new ContentStream(source, at, entry.SizeBytes, open);
            await archive.AddFileAsync(path, content, entry.Marks.HasFlag(NodeMarks.Executable), cancellationToken);
        }
    }

    // svn:special says what the content then begins with; anything else it may say one day is a file to us.
    private static string? LinkIn(TreeEntry entry) =>
        entry.Marks.HasFlag(NodeMarks.SymbolicLink) && entry.Content is { } content && Encoding.UTF8.GetString(content) is var text
            && text.Length > LinkPrefix.Length && text.StartsWith(LinkPrefix, StringComparison.Ordinal) && !text.Contains('\0', StringComparison.Ordinal)
            ? text[LinkPrefix.Length..]
            : null;
}
