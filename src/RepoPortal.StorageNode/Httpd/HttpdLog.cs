using Microsoft.Extensions.Logging;

namespace RepoPortal.StorageNode.Httpd;

/// <summary>Turns a line of httpd's error log, <c>level message</c>, into one of ours.</summary>
internal static class HttpdLog
{
    /// <summary>Passes a line on; one that has no level was printed before the log was open, and is an error.</summary>
    public static void Pass(ILogger logger, string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        if (LevelOf(space < 0 ? "" : line[..space]) is { } level)
            logger.Log(level, "httpd: {Message}", line[(space + 1)..]);
        else
            logger.LogError("httpd: {Message}", line);
    }

    private static LogLevel? LevelOf(string word) => word switch
    {
        "emerg" or "alert" or "crit" => LogLevel.Critical,
        "error" => LogLevel.Error,
        "warn" => LogLevel.Warning,
        "notice" or "info" => LogLevel.Information,
        "debug" => LogLevel.Debug,
        _ => null,
    };
}
