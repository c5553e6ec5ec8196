using System.Globalization;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.StorageNode.Backups;
using RepoPortal.Tests.Fixtures;

namespace RepoPortal.Tests.StorageNode.Backups;

/// <summary>A running node with one repository in it, and what a test of its backup does again and again.</summary>
internal sealed class BackedUpNode : IAsyncDisposable
{
    private BackedUpNode(RunningNode node, ProvisionRequest request) => (Node, Request) = (node, request);

    public RunningNode Node { get; }

    public ProvisionRequest Request { get; }

    public RepositoryCopy Copy => Request.Copy;

    public string Original => Node.Directories.Copy(Copy);

    public string Backup => Node.Get<BackupTarget>().PathOf(Copy);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts a node, makes a repository and commits to it.</summary>
    public static async Task<BackedUpNode> StartAsync(int commits, params (string Key, string Value)[] settings)
    {
        var node = await RunningNode.StartAsync(settings);
        var backedUp = new BackedUpNode(node, await node.ProvisionAsync("alpha"));
        for (var commit = 1; commit <= commits; commit++)
            await backedUp.CommitAsync();
        return backedUp;
    }

    /// <summary>Commits a file of its own.</summary>
    /// <returns>The revision.</returns>
    public async Task<long> CommitAsync(string word = "line")
    {
        var revision = await YoungestAsync(Original) + 1;
        var content = Path.Combine(Node.Directories.Root, $"content-{Guid.NewGuid():n}");
        await File.WriteAllTextAsync(content, string.Concat(Enumerable.Repeat($"{word} of revision {revision}\n", 200)), Cancel);
        await Command.RunAsync("svnmucc", "-u", "ada", "-m", $"commit {revision}", "-U", new Uri(Original).AbsoluteUri, "put", content, $"file-{revision}");
        File.Delete(content);
        return revision;
    }

    public Task<BackUpResult> BackUpAsync() => Node.Get<TakeBackup>().RunAsync(Copy, _ => { }, Cancel);

    public Task<VerifyResult> VerifyAsync(VerificationSubject subject, bool metadataOnly = false) =>
        Node.Get<VerifyCopy>().RunAsync(new VerifyJob(Copy, subject, metadataOnly), _ => { }, Cancel);

    public bool IsCurrent() => Node.Get<SurveyBackups>().Run([Copy], Cancel).Single().IsCurrent;

    public static async Task<long> YoungestAsync(string repository) =>
        long.Parse(await Command.RunAsync("svnlook", "youngest", repository), CultureInfo.InvariantCulture);

    /// <summary>What a dump says of a repository, without what differs between a repository and its restored copy.</summary>
    public static async Task<string> DumpAsync(string repository, long last) =>
        await Command.RunAsync("sh", "-c", "svnadmin dump -q -r 0:\"$1\" \"$0\" | grep -av '^UUID: '", repository, last.ToString(CultureInfo.InvariantCulture));

    /// <summary>Flips a bit within the content of a revision; its file gets a new date, as with any program that writes where it should not, or keeps its own.</summary>
    public static void FlipBit(string repository, long revision, bool silently)
    {
        var file = Path.Combine(repository, "db", "revs", "0", revision.ToString(CultureInfo.InvariantCulture));
        var date = File.GetLastWriteTimeUtc(file);
        var bytes = File.ReadAllBytes(file);
        bytes[20] ^= 1;
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllBytes(file, bytes);
        if (silently)
            File.SetLastWriteTimeUtc(file, date);
    }

    public ValueTask DisposeAsync() => Node.DisposeAsync();
}
