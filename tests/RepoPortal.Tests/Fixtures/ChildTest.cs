using System.Diagnostics;

namespace RepoPortal.Tests.Fixtures;

/// <summary>Runs one explicit test of this program in a process of its own, so that the process can be killed or confined.</summary>
internal static class ChildTest
{
    /// <summary>The command line that runs <paramref name="method"/> of <paramref name="type"/> alone.</summary>
    /// <param name="type">The test's class.</param>
    /// <param name="method">A test that is marked as explicit.</param>
    /// <param name="scratch">A directory for what the runner writes.</param>
    public static string[] CommandLine(Type type, string method, ScratchDirectory scratch) =>
        [Path.ChangeExtension(type.Assembly.Location, null), "--explicit", "only", "--filter-method", $"{type.FullName}.{method}", "--results-directory", scratch["results"]];

    /// <summary>Starts it with its input given in environment variables.</summary>
    public static Process Start(string[] commandLine, params (string Name, string Value)[] input)
    {
        var info = new ProcessStartInfo(commandLine[0]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in commandLine[1..])
            info.ArgumentList.Add(argument);
        foreach (var (name, value) in input)
            info.Environment[name] = value;
        return Process.Start(info)!;
    }
}
