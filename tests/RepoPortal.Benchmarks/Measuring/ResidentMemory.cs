using System.Globalization;

namespace RepoPortal.Benchmarks.Measuring;

/// <summary>How much memory of a process is resident, from <c>/proc</c>.</summary>
internal static class ResidentMemory
{
    /// <returns>Bytes.</returns>
    public static double Of(int processId)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(text => text.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.AsSpan("VmRSS:".Length, line.Length - "VmRSS:".Length - " kB".Length), CultureInfo.InvariantCulture) * 1024;
    }
}
