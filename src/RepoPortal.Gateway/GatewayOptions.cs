namespace RepoPortal.Gateway;

/// <summary>How the svn clients' side behaves; the section <see cref="Section"/>.</summary>
public sealed class GatewayOptions
{
    /// <summary>Where the configuration holds these.</summary>
    public const string Section = "RepoPortal:Gateway";

    /// <summary>How long a request waits for a storage node that refuses connections, before the client is told to try again: 0 to 5 minutes.</summary>
    public TimeSpan OutageHold { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long nothing at all may move on a forwarded request (a report on a large repository works silently): 1 minute to 7 days.</summary>
    public TimeSpan ActivityTimeout { get; set; } = TimeSpan.FromHours(6);

    /// <summary>How many attempts to sign in with one name may fail from one address in a window: 1 to 10,000.</summary>
    public int FailedAttemptsPerName { get; set; } = 10;

    /// <summary>How many attempts to sign in may fail from one address in a window, whatever the names: 1 to 1,000,000.</summary>
    public int FailedAttemptsPerAddress { get; set; } = 100;

    /// <summary>The length of that window, beginning with the first failure: 1 second to 1 day.</summary>
    public TimeSpan FailedAttemptsWindow { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many repositories, and how many tokens, are remembered: 100 to 10,000,000.</summary>
    public int MaxSnapshots { get; set; } = 100_000;

    /// <summary>Whether it is counted who used which repository how much.</summary>
    public bool CountUsage { get; set; } = true;

    /// <summary>To how many repositories connections are kept open at a time: 1 to 10,000.</summary>
    public int MaxUpstreamPools { get; set; } = 512;
}
