using System.Diagnostics;

namespace RepoPortal.SystemTests.Fixtures;

/// <summary>The product as it ships: the output of <c>dotnet publish</c>, found by <c>REPOPORTAL_APP</c> (set by <c>infra/test</c>).</summary>
public static class PublishedApp
{
    public static string Directory { get; } = Environment.GetEnvironmentVariable("REPOPORTAL_APP")
        ?? throw new InvalidOperationException("Set REPOPORTAL_APP to the publish output, or run infra/test, which does.");

    /// <summary>A process of the product with these arguments, its output redirected; not started yet.</summary>
    public static ProcessStartInfo Command(params IEnumerable<string> arguments)
    {
        if (Environment.IsPrivilegedProcess)
            throw new InvalidOperationException("The server does not serve as root, so these tests run as another user; infra/test sees to it.");
        var start = new ProcessStartInfo(Path.Combine(Directory, "repoportal"))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }
}
