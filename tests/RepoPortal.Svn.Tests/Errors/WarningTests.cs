using System.Diagnostics.Tracing;
using System.Runtime.InteropServices;
using RepoPortal.Svn.Interop;
using RepoPortal.Svn.Pools;
using RepoPortal.Svn.Repositories;
using static RepoPortal.Svn.Errors.NativeError;

namespace RepoPortal.Svn.Tests.Errors;

/// <summary>A damaged rep-cache.db is something libsvn warns of and goes on; without a handler its warning ends the process.</summary>
public sealed unsafe partial class WarningTests : RepositoryTest
{
    [Fact]
    public void Keeps_a_commit_whose_bookkeeping_failed()
    {
        using var warnings = new Warnings();
        var path = CreateRepository();
        Damage(path);

        Assert.Equal(1, SvnRepositoryClient.CommitLayout(path, SvnLayout.Standard("alice", "")));

        Assert.Equal(1, Look.GetYoungest(path));
        Assert.NotEmpty(warnings.Messages);
    }

    [Fact]
    public void Survives_a_warning_of_the_filesystem()
    {
        using var warnings = new Warnings();
        var path = CreateRepository();
        Damage(path);
        using var repository = OpenRepository.Open(path);
        using var pool = new SvnPool();
        svn_fs_txn_t* transaction;
        Check(SvnFs.svn_fs_begin_txn2(&transaction, repository.Fs, 0, 0, pool));
        svn_fs_root_t* root;
        Check(SvnFs.svn_fs_txn_root(&root, transaction, pool));
        Check(svn_fs_change_node_prop(root, "/", "name", Utf8.Allocate("value", pool), pool));

        nint revision;
        SvnSubr.svn_error_clear(SvnFs.svn_fs_commit_txn(null, &revision, transaction, pool));

        Assert.Equal(1, revision);
        Assert.Contains(warnings.Messages, message => message.Contains("rep-cache", StringComparison.Ordinal) || message.Contains("sqlite", StringComparison.OrdinalIgnoreCase));
    }

    private static void Damage(string path)
    {
        var index = Path.Join(path, "db", "rep-cache.db");
        File.Delete(index);
        File.WriteAllText(index, new string('x', 5000));
    }

    [LibraryImport(SvnFs.Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial svn_error_t* svn_fs_change_node_prop(
        svn_fs_root_t* root, string path, string name, svn_string_t* value, apr_pool_t* pool);

    private sealed class Warnings : EventListener
    {
        public List<string> Messages { get; } = [];

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "RepoPortal.Svn") EnableEvents(eventSource, EventLevel.Warning);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData) => Messages.Add((string)eventData.Payload![0]!);
    }
}
