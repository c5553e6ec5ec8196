namespace RepoPortal.Portal.People.SignIn;

/// <summary>Answers no earlier than at the next full step since the beginning, so that the time a refusal takes does not tell what was looked at.</summary>
internal sealed class SteadyAnswer(TimeProvider time)
{
    // Longer than hashing a password and writing a row take on any machine in use.
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(300);

    private readonly long _began = time.GetTimestamp();

    internal Task WaitAsync(CancellationToken cancellationToken) =>
        Task.Delay(Step - TimeSpan.FromTicks(time.GetElapsedTime(_began).Ticks % Step.Ticks), time, cancellationToken);
}
