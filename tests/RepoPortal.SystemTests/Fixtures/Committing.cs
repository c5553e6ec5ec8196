using System.Globalization;
using System.Text.RegularExpressions;

namespace RepoPortal.SystemTests.Fixtures;

/// <summary>Somebody who commits one thing after the other, and remembers what was acknowledged.</summary>
/// <param name="svn">The client.</param>
/// <param name="url">The repository.</param>
public sealed partial class Committing(SvnClient svn, string url)
{
    private readonly Dictionary<long, string> _acknowledged = [];
    private volatile bool _isOver;
    private Task _loop = Task.CompletedTask;

    /// <summary>Commits once; whatever it says but success is no acknowledgement.</summary>
    public async Task<bool> OnceAsync()
    {
        var message = Guid.NewGuid().ToString("n");
        var said = await svn.TryAsync("mkdir", $"{url}/trunk/{message}", "-m", message);
        if (!said.IsSuccess)
            return false;
        // A number that is given out twice throws here.
        _acknowledged.Add(long.Parse(Number().Match(said.StandardOutput).Groups["revision"].Value, CultureInfo.InvariantCulture), message);
        return true;
    }

    /// <summary>Commits until it is stopped.</summary>
    public Task GoOnAsync() => _loop = Task.Run(async () =>
    {
        while (!_isOver)
            await OnceAsync();
    });

    /// <summary>Stops, and returns when the last commit was answered.</summary>
    public Task StopAsync()
    {
        _isOver = true;
        return _loop;
    }

    /// <summary>Fails unless everything that was acknowledged is there, under its number.</summary>
    public async Task RequireAllAsync()
    {
        Assert.NotEmpty(_acknowledged);
        var log = await svn.RunAsync("log", "--xml", url);
        var there = Entry().Matches(log).ToDictionary(match => long.Parse(match.Groups["revision"].Value, CultureInfo.InvariantCulture), match => match.Groups["message"].Value);
        foreach (var (revision, message) in _acknowledged)
            Assert.Equal((revision, message), (revision, there.GetValueOrDefault(revision)));
    }

    [GeneratedRegex(@"Committed revision (?<revision>[0-9]+)\.", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    [GeneratedRegex("<logentry\\s+revision=\"(?<revision>[0-9]+)\">.*?<msg>(?<message>.*?)</msg>", RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Entry();
}
