using System.Globalization;
using RepoPortal.Portal.Shell.Forms;

namespace RepoPortal.Portal.Restores;

/// <summary>What the forms for restores send, read.</summary>
internal static class RestoreFields
{
    /// <summary>A revision as people write it: 120 or r120; null with a sentence among the errors when it is none.</summary>
    internal static long? ParseRevision(string field, string? text, FormErrors errors)
    {
        if (long.TryParse(text?.Trim().TrimStart('r'), NumberStyles.None, CultureInfo.InvariantCulture, out var revision))
            return revision;
        errors.Add(field, "A revision is a number, such as 120.");
        return null;
    }
}
