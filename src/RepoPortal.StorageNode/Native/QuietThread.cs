namespace RepoPortal.StorageNode.Native;

/// <summary>Long work of this process's own on a thread behind everybody who waits for an answer.</summary>
internal static class QuietThread
{
    /// <summary>Returns, or throws, when the work has.</summary>
    public static Task RunAsync(Action work)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Work(work, done)) { IsBackground = true, Name = "Quiet" }.Start();
        return done.Task;
    }

    private static void Work(Action work, TaskCompletionSource done)
    {
        try
        {
            Libc.BeNice();
            work();
            done.SetResult();
        }
        catch (Exception exception)
        {
            // Handed to whoever waits.
            done.SetException(exception);
        }
    }
}
