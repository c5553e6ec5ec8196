using System.Globalization;

namespace RepoPortal.Benchmarks.Measuring;

/// <summary>Writes the findings down as they come out, each beside what was aimed at.</summary>
internal static class Report
{
    public static void Write(string what, string figures, bool held, string aim) =>
        Console.WriteLine($"{(held ? "held " : "MISSED")} | {what} | {figures} | aim: {aim}");

    public static string Ms(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.##} ms");

    public static string Ratio(double ratio) => string.Create(CultureInfo.InvariantCulture, $"ratio {ratio:0.00}");
}
