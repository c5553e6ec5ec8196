using RepoPortal.Contracts.Content;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.People.SignIn;

namespace RepoPortal.Portal.Repositories.Content.Download;

/// <summary>A file, ready to be read from its node.</summary>
/// <param name="Content">What it is.</param>
/// <param name="Bytes">Its bytes; a stream that can seek.</param>
internal sealed record OpenedFile(FileContent Content, Stream Bytes);

/// <summary>Hands out a file's bytes.</summary>
internal sealed class OpenFile(OpenContent open, StillLetIn letIn, TimeProvider time)
{
    // Enough to tell text from what is none.
    private const int SampleBytes = 8 * 1024;

    /// <param name="name">The repository's name.</param>
    /// <param name="path">The file's path.</param>
    /// <param name="choice">At which revision.</param>
    /// <param name="actor">Who wants it.</param>
    /// <param name="cancellationToken">The request.</param>
    internal async Task<Outcome<OpenedFile>> ExecuteAsync(string name, string path, RevisionChoice choice, Actor actor, CancellationToken cancellationToken)
    {
        if (!(await open.ExecuteAsync(name, actor, cancellationToken)).Succeeded(out var source, out var refusal))
            return refusal;
        var request = new ContentRequest(path, choice.Revision, choice.At, Filter: null, Skip: 0, Take: 0, SampleBytes);
        if (await source.Content.View(source.Copy, request, source.Reader, cancellationToken) is not FileContent file)
            return Refusal.NotFound("There is no such file in that revision.");
        return new OpenedFile(
            file, new ContentStream(source, new PathAtRevision(file.Path, file.Revision), file.SizeBytes, new StillOpen(open, letIn, name, actor, time)));
    }
}
