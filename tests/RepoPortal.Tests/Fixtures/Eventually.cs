namespace RepoPortal.Tests.Fixtures;

/// <summary>Waits for something that another process or thread brings about.</summary>
internal static class Eventually
{
    /// <summary>Asks again and again until the answer is yes; fails after the patience (30 seconds unless told: machines are shared).</summary>
    public static Task TrueAsync(Func<bool> question, TimeSpan? patience = null) => TrueAsync(() => Task.FromResult(question()), patience);

    /// <summary>Asks again and again until the answer is yes; fails after the patience (30 seconds unless told: machines are shared).</summary>
    public static async Task TrueAsync(Func<Task<bool>> question, TimeSpan? patience = null)
    {
        var deadline = TimeProvider.System.GetUtcNow() + (patience ?? TimeSpan.FromSeconds(30));
        while (!await question())
        {
            if (TimeProvider.System.GetUtcNow() > deadline)
                throw new TimeoutException("It did not come true in time.");
            await Task.Delay(20);
        }
    }
}
