using RepoPortal.Portal.People.SignIn;

namespace RepoPortal.Portal.Repositories.Content.Download;

/// <summary>Asks again and again, while something is downloaded, whether whoever downloads is still let in, and the repository open to them; the node asks for the paths.</summary>
internal sealed class StillOpen(OpenContent open, StillLetIn letIn, string name, Actor actor, TimeProvider time)
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);

    private long _askedAt = time.GetTimestamp();

    /// <exception cref="IOException">It is not.</exception>
    public async Task RequireAsync(CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(_askedAt) < AskEvery)
            return;
        if (!await letIn.ExecuteAsync(actor, cancellationToken) || (await open.ExecuteAsync(name, actor, cancellationToken)).Refusal is not null)
            throw Lost();
        _askedAt = time.GetTimestamp();
    }

    public static IOException Lost() => new("the content, or the right to it, was taken away while it was downloaded");
}
