using System.Collections.Frozen;
using System.Reflection;
using System.Text.RegularExpressions;

namespace RepoPortal.Portal.Shell;

/// <summary>The vendored icons (<c>wwwroot/lib/bootstrap-icons</c>), embedded in this assembly and read once.</summary>
internal static partial class Icons
{
    private const string ResourcePrefix = "icons/";
    private static readonly FrozenDictionary<string, string> All = Load();

    /// <summary>The icon as an <c>svg</c> element.</summary>
    /// <exception cref="ArgumentException">No such icon is vendored.</exception>
    internal static string Get(string name) =>
        All.TryGetValue(name, out var svg) ? svg : throw new ArgumentException($"there is no icon '{name}' in wwwroot/lib/bootstrap-icons", nameof(name));

    /// <summary>Whether that icon is vendored; for names that come from a configuration.</summary>
    internal static bool Exists(string name) => All.ContainsKey(name);

    private static FrozenDictionary<string, string> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            .ToFrozenDictionary(resource => Path.GetFileNameWithoutExtension(resource), resource => Read(assembly, resource), StringComparer.Ordinal);
    }

    // The size, colour and name of the original give way to the class that the style sheet knows.
    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var svg = reader.ReadToEnd();
        var content = svg[(svg.IndexOf('>', StringComparison.Ordinal) + 1)..];
        return """<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">""" + BetweenTags().Replace(content, "").Trim();
    }

    [GeneratedRegex(@"(?<=^|>)\s+(?=<)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BetweenTags();
}
