using CliWrap;
using CliWrap.Buffered;

namespace RepoPortal.Tests.Fixtures;

/// <summary>The real tools as oracle.</summary>
internal static class Command
{
    /// <summary>Runs a program to its end, whatever its exit code.</summary>
    public static async Task<BufferedCommandResult> TryAsync(string program, params string[] arguments) =>
        await Cli.Wrap(program).WithArguments(arguments).WithEnvironmentVariables(set => set.Set("LC_ALL", "C.UTF-8"))
            .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(TestContext.Current.CancellationToken);

    /// <summary>Runs a program that has to succeed.</summary>
    /// <returns>Its standard output without white space at the ends.</returns>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var result = await TryAsync(program, arguments);
        Assert.True(result.IsSuccess, $"{program} {string.Join(' ', arguments)}: {result.StandardError}");
        return result.StandardOutput.Trim();
    }
}
