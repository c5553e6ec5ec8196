using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.StorageNode.Importing.Dumps;
using RepoPortal.StorageNode.Importing.Git;
using RepoPortal.StorageNode.Native;

namespace RepoPortal.StorageNode.Importing.Sources;

/// <summary>Reads a git repository by <c>git fast-export</c> as if it were a dump.</summary>
internal sealed class OpenGit(QuietProcesses processes)
{
    private const int BufferSize = 64 * 1024;

    /// <exception cref="StorageException">It is none, or cannot be read.</exception>
    public async Task<OpenedSource> RunAsync(GitSource source, CancellationToken cancellationToken)
    {
        var git = new GitDirectory(source.Path, processes);
        var remarks = new GitRemarks { IsShallow = git.IsShallow };
        var references = await GitReferences.ReadAsync(git, remarks, cancellationToken);
        var lines = await GitLines.ReadAsync(git, references, remarks, cancellationToken);
        var objects = new GitObjects(await git.StartAsync(takesInput: true, GitObjects.Arguments));
        var commits = new ChildOutput(await git.StartAsync(takesInput: false, FastExport.Arguments), "git cannot read the repository", scratch: null);
        var dump = new PieceStream(new GitDump(new FastExport(new BufferedStream(commits, BufferSize)), objects, references, lines, remarks).Write(), objects, commits);
        return new OpenedSource(dump, length: null, () => dump.BytesRead)
        {
            Abort = () =>
            {
                objects.Abort();
                commits.Abort();
            },
            MapAuthors = users => new AuthorMap(author => GitAuthors.NameOf(users, author)),
            Remarks = remarks.Say,
        };
    }
}
