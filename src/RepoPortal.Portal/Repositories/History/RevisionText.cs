using System.Globalization;

namespace RepoPortal.Portal.Repositories.History;

/// <summary>Reads revisions out of addresses.</summary>
internal static class RevisionText
{
    /// <summary>A number, or nothing or HEAD for the youngest.</summary>
    internal static bool TryParse(string? text, out long? revision)
    {
        revision = null;
        if (string.IsNullOrEmpty(text) || text.Equals("HEAD", StringComparison.OrdinalIgnoreCase))
            return true;
        var isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        revision = isNumber ? number : null;
        return isNumber;
    }
}
