using System.Diagnostics;
using System.Text;

namespace RepoPortal.Svn.Tests.Oracle;

/// <summary>Runs one of Subversion's own programs, whose answers the tests believe.</summary>
internal static class Tool
{
    /// <summary>What the program wrote; it must succeed.</summary>
    public static string Run(string program, params string[] arguments) => Run(program, arguments, input: null);

    public static string Run(string program, string[] arguments, Stream? input)
    {
        var (exit, output, errors) = Try(program, arguments, input);
        return exit == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: exit code {exit}: {errors}");
    }

    private static (int Exit, string Output, string Errors) Try(string program, string[] arguments, Stream? input)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LC_ALL"] = "C.UTF-8" },
        };
        using var process = Process.Start(start)!;
        var errors = new StringBuilder();
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginErrorReadLine();
        input?.CopyTo(process.StandardInput.BaseStream);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.ToString());
    }

    public static string[] Lines(this string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
