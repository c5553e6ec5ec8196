using System.Globalization;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.StorageNode.Quotas;

/// <summary>The file in a copy's directory that says how much it may hold: <c>VERSION BYTES</c>, or <c>VERSION none</c>. A copy without it has no limit.</summary>
internal static class QuotaFile
{
    private const string NoLimit = "none";

    /// <summary>Where a copy keeps it.</summary>
    public static string PathIn(string directory) => Path.Combine(directory, "conf", "quota");

    /// <summary>What it says; null when there is none.</summary>
    /// <exception cref="StorageException">It says nothing that makes sense.</exception>
    public static CopyQuota? Read(string directory)
    {
        var path = PathIn(directory);
        if (!File.Exists(path))
            return null;
        var words = File.ReadAllText(path).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 2 && TryParse(words[0], out var version))
        {
            if (words[1] == NoLimit)
                return new CopyQuota(version, null);
            if (TryParse(words[1], out var bytes))
                return new CopyQuota(version, bytes);
        }

        throw new StorageException($"the file '{path}' does not say how much the repository may hold");
    }

    /// <summary>What is to be written.</summary>
    public static string TextOf(CopyQuota quota) =>
        string.Create(CultureInfo.InvariantCulture, $"{quota.Version} {quota.Bytes?.ToString(CultureInfo.InvariantCulture) ?? NoLimit}\n");

    private static bool TryParse(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
