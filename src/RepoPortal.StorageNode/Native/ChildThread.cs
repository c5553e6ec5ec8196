using System.Collections.Concurrent;
using System.Diagnostics;

namespace RepoPortal.StorageNode.Native;

/// <summary>A thread that starts processes and lives as long as this process does.</summary>
/// <remarks>
/// The kernel sends the signal asked for with PR_SET_PDEATHSIG when the parent's <em>thread</em> ends. A child started from the thread pool would be
/// ended whenever the pool gives that thread up.
/// </remarks>
internal sealed class ChildThread : IDisposable
{
    private readonly BlockingCollection<(ProcessStartInfo Info, TaskCompletionSource<Process> Started)> _requests = [];

    public ChildThread() => new Thread(Work) { IsBackground = true, Name = "Children" }.Start();

    /// <summary>Starts a process from this thread.</summary>
    public Task<Process> StartAsync(ProcessStartInfo info)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        _requests.Add((info, started));
        return started.Task;
    }

    /// <summary>Ends the thread, and with it whatever it started that still runs.</summary>
    public void Dispose() => _requests.CompleteAdding();

    private void Work()
    {
        foreach (var (info, started) in _requests.GetConsumingEnumerable())
        {
            try
            {
                started.SetResult(Process.Start(info)!);
            }
            catch (Exception exception)
            {
                // Handed to whoever asked.
                started.SetException(exception);
            }
        }

        _requests.Dispose();
    }
}
