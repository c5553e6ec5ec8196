using System.Globalization;
using System.Text.RegularExpressions;

namespace RepoPortal.StorageNode.Backups;

/// <summary>What the name of a backup's directory says: <c>2</c>, or <c>2.damaged-20261126T101500Z-0f3c9a51</c> when it was set aside.</summary>
/// <param name="Generation">The generation that it is the backup of.</param>
/// <param name="SetAsideAt">When it was set aside; null when it was not.</param>
internal sealed partial record BackupName(int Generation, DateTimeOffset? SetAsideAt)
{
    /// <summary>What stands between the generation and the time.</summary>
    public const string Infix = ".damaged-";

    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>What is put behind the name of a backup that is set aside; no two get the same.</summary>
    public static string AsideSuffix(DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{Infix}{at.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{Guid.NewGuid().ToString("n")[..8]}");

    /// <summary>Null for whatever is no name that we give: then it is not ours.</summary>
    public static BackupName? Find(string directory)
    {
        var match = Pattern().Match(directory);
        if (!match.Success)
            return null;
        var generation = int.Parse(match.Groups["generation"].Value, CultureInfo.InvariantCulture);
        if (!match.Groups["at"].Success)
            return new BackupName(generation, SetAsideAt: null);
        return DateTimeOffset.TryParseExact(match.Groups["at"].Value, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? new BackupName(generation, at)
            : null;
    }

    [GeneratedRegex(@"^(?<generation>[1-9][0-9]{0,8})(\.damaged-(?<at>[0-9]{8}T[0-9]{6}Z)-[0-9a-f]{8})?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
