using CliWrap;
using CliWrap.Buffered;

namespace RepoPortal.SystemTests.Fixtures;

/// <summary>The stock <c>svn</c> client as one person uses it: own configuration directory, nothing cached, no questions.</summary>
/// <param name="directory">Where it runs; working copies are made below it.</param>
/// <param name="user">The user name; null for somebody without credentials.</param>
/// <param name="token">The access token given as password.</param>
public sealed class SvnClient(string directory, string? user = null, string? token = null)
{
    /// <summary>Runs <c>svn</c> and returns its standard output; fails with what it printed unless it succeeds.</summary>
    public async Task<string> RunAsync(params string[] arguments)
    {
        var result = await TryAsync(arguments);
        return result.IsSuccess
            ? result.StandardOutput
            : throw new InvalidOperationException($"svn {string.Join(' ', arguments)}: {result.ExitCode}\n{result.StandardOutput}{result.StandardError}");
    }

    /// <summary>Runs <c>svn</c>, whatever comes of it.</summary>
    public async Task<BufferedCommandResult> TryAsync(params string[] arguments)
    {
        string[] who = user is null ? [] : ["--username", user, "--password", token ?? ""];
        return await Cli.Wrap("svn")
            .WithArguments([.. arguments, "--non-interactive", "--no-auth-cache", "--config-dir", Path.Combine(directory, $".svn-{user ?? "anonymous"}"), .. who])
            .WithWorkingDirectory(directory)
            .WithEnvironmentVariables(variables => variables.Set("LC_ALL", "C.UTF-8"))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();
    }
}
