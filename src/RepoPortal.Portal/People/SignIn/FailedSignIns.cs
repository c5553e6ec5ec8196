using System.Globalization;

namespace RepoPortal.Portal.People.SignIn;

/// <summary>
/// Slows down whoever guesses from one place: by network and name, and more generously by network alone. Names that nobody has count alike, so the waiting
/// tells nothing. Guesses at one account from many places are counted in its row (<see cref="AccountFailures"/>).
/// </summary>
internal sealed class FailedSignIns(TimeProvider time)
{
    private const int FreePerName = 5;
    private const int FreePerNetwork = 50;
    private const int Remembered = 20_000;

    private readonly FailureCounts<(string Network, string Name)> _byName = new(FreePerName, Remembered, time);
    private readonly FailureCounts<string> _byNetwork = new(FreePerNetwork, Remembered, time);

    /// <summary>Why nobody may try that name from there now; null when they may.</summary>
    internal Refusal? Refuse(string network, string name)
    {
        if ((_byName.WaitOf((network, Key(name))) ?? _byNetwork.WaitOf(network)) is not { } wait)
            return null;
        var minutes = (int)Math.Ceiling(wait.TotalMinutes);
        return Refusal.Forbidden(string.Create(
            CultureInfo.InvariantCulture, $"Too many attempts failed; try again in {minutes} {(minutes == 1 ? "minute" : "minutes")}, or reset the password by mail."));
    }

    /// <summary>Counts a failure.</summary>
    /// <returns>True when the whole network has to wait from now on, which is worth an entry in the audit.</returns>
    internal bool Add(string network, string name)
    {
        _byName.Add((network, Key(name)));
        return _byNetwork.Add(network);
    }

    /// <summary>Somebody proved who they are.</summary>
    internal void Forget(string network, User user)
    {
        _byName.Forget((network, Key(user.UserName!)));
        _byName.Forget((network, Key(user.Email ?? "")));
    }

    private static string Key(string name) => UserQueries.Normalize(name.Trim());
}
