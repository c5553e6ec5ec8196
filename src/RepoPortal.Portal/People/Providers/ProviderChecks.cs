using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace RepoPortal.Portal.People.Providers;

/// <summary>
/// Asks providers again and again whether people are still there, and disables whom a provider does not know any more, or whom none has confirmed for too long.
/// A provider that is away disables nobody.
/// </summary>
internal sealed partial class ProviderChecks(
    IDbContextFactory<RecordContext> contexts,
    SignInProviders providers,
    AskProvider ask,
    RefreshTokens tokens,
    FollowProvider follow,
    DisablePerson disable,
    IOptions<SignInOptions> options,
    IHostApplicationLifetime host,
    TimeProvider time,
    ILogger<ProviderChecks> logger)
    : BackgroundService
{
    private const int Batch = 100;
    private const int Parallel = 4;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => providers.All.Count == 0
        ? Task.CompletedTask
        : host.RepeatAsync(Period, RoundAsync, time, logger, stoppingToken);

    // Often enough that nobody is asked about much later than was set.
    private TimeSpan Period => TimeSpan.FromTicks(Math.Clamp(options.Value.RecheckInterval.Ticks / 4, TimeSpan.TicksPerSecond / 2, TimeSpan.TicksPerMinute));

    private async Task RoundAsync(CancellationToken stoppingToken)
    {
        while (await CheckAsync(stoppingToken) == Batch)
        {
            // There may be more that are due.
        }

        await LapseAsync(stoppingToken);
    }

    /// <summary>Asks about everybody who is due, or as many as fit into a batch.</summary>
    /// <returns>How many were due.</returns>
    internal async Task<int> CheckAsync(CancellationToken cancellationToken)
    {
        var due = time.GetUtcNow() - options.Value.RecheckInterval;
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var identities = await record.ExternalIdentities.AsNoTracking()
            .Where(identity => identity.ProtectedRefreshToken != null && identity.DisabledAt == null && identity.CheckedAt <= due)
            .OrderBy(identity => identity.CheckedAt).Take(Batch).ToListAsync(cancellationToken);
        await System.Threading.Tasks.Parallel.ForEachAsync(
            identities, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken }, async (identity, cancel) => await CheckAsync(identity, cancel));
        return identities.Count;
    }

    /// <summary>Disables whom no provider has confirmed for too long, unless they have another way to sign in here.</summary>
    internal async Task LapseAsync(CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - options.Value.ConfirmWithin;
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var lapsed = await record.ExternalIdentities.AsNoTracking()
            .Where(identity => identity.DisabledAt == null && identity.ConfirmedAt <= oldest && identity.User.Status == UserStatus.Active && identity.User.PasswordHash == null)
            .Where(identity => !record.ExternalIdentities.Any(other => other.UserId == identity.UserId && other.ConfirmedAt > oldest))
            .Where(identity => !record.Set<IdentityUserPasskey<Guid>>().Any(passkey => passkey.UserId == identity.UserId))
            .OrderBy(identity => identity.ConfirmedAt).Take(Batch).ToListAsync(cancellationToken);
        foreach (var identity in lapsed)
            await disable.ExecuteAsync(identity.Provider, identity.Subject, "not confirmed for too long", cancellationToken);
    }

    private async Task CheckAsync(ExternalIdentity identity, CancellationToken cancellationToken)
    {
        // A refresh token may be good for one use only: of several servers one asks.
        if (!await ClaimAsync(identity, cancellationToken)
            || providers.Find(identity.Provider) is not { } provider || tokens.Unprotect(identity.ProtectedRefreshToken!) is not { } token)
        {
            return;
        }

        try
        {
            var answer = await ask.ExecuteAsync(provider, token, cancellationToken);
            if (answer.Refusal is { } refusal)
                await disable.ExecuteAsync(identity.Provider, identity.Subject, refusal, cancellationToken);
            else if (answer.Said is { } said && said.Subject != identity.Subject)
                throw new SecurityTokenException("the provider speaks of somebody else");
            else
                await follow.ExecuteAsync(answer.Said ?? Unchanged(identity), answer.RefreshToken, isSignIn: false, cancellationToken);
        }
        catch (Exception exception) when (exception is SecurityTokenException or FormatException || (!cancellationToken.IsCancellationRequested && ProviderRefusals.IsAway(exception)))
        {
            LogNoAnswer(exception, provider.Key);
        }
    }

    private async Task<bool> ClaimAsync(ExternalIdentity identity, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await record.ExternalIdentities
            .Where(row => row.Provider == identity.Provider && row.Subject == identity.Subject && row.CheckedAt == identity.CheckedAt)
            .ExecuteUpdateAsync(row => row.SetProperty(checkedIdentity => checkedIdentity.CheckedAt, now), cancellationToken) == 1;
    }

    private static ProvidedIdentity Unchanged(ExternalIdentity identity) =>
        new(identity.Provider, identity.Subject, "", Tenant: null, IsGuest: false, identity.Email, IsEmailVerified: false, identity.Name, UserName: null, Groups: null);

    [LoggerMessage(LogLevel.Warning, "the provider '{Provider}' could not be asked about somebody; nothing follows from it, and it is asked again later")]
    private partial void LogNoAnswer(Exception exception, string provider);
}
