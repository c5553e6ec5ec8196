namespace RepoPortal.Svn;

/// <summary>Lines of one text that stand in the place of lines of another. Lines are counted from 0.</summary>
/// <param name="OriginalStart">Where the old lines begin.</param>
/// <param name="OriginalLength">How many they are; 0 when lines were only added.</param>
/// <param name="ModifiedStart">Where the new lines begin.</param>
/// <param name="ModifiedLength">How many they are; 0 when lines were only removed.</param>
public readonly record struct SvnLineChange(int OriginalStart, int OriginalLength, int ModifiedStart, int ModifiedLength);
