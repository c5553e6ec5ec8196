namespace RepoPortal.Portal.Repositories.Content.Download;

/// <summary>Asks again and again, while something is downloaded, whether the repository is still open to whoever downloads; the node asks for the paths.</summary>
internal sealed class StillOpen(OpenContent open, string name, Actor actor, TimeProvider time)
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);

    private long _askedAt = time.GetTimestamp();

    /// <exception cref="IOException">It is not.</exception>
    public async Task RequireAsync(CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(_askedAt) < AskEvery)
            return;
        if ((await open.ExecuteAsync(name, actor, cancellationToken)).Refusal is not null)
            throw Lost();
        _askedAt = time.GetTimestamp();
    }

    public static IOException Lost() => new("the content, or the right to it, was taken away while it was downloaded");
}
