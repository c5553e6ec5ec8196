namespace RepoPortal.Svn;

/// <summary>A path at which two trees differ.</summary>
/// <param name="Path">Below both trees, without a slash in front; empty for the trees themselves.</param>
/// <param name="FromKind">What it is in the first tree.</param>
/// <param name="ToKind">What it is in the second.</param>
/// <param name="ContentDiffers">Whether the contents of two files differ.</param>
/// <param name="PropertiesDiffer">Whether the properties differ.</param>
public sealed record SvnTreeDifference(string Path, SvnNodeKind FromKind, SvnNodeKind ToKind, bool ContentDiffers, bool PropertiesDiffer);
