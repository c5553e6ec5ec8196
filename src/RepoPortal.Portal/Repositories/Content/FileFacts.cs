using RepoPortal.Contracts.Content;

namespace RepoPortal.Portal.Repositories.Content;

/// <summary>What the properties of a file say of it.</summary>
internal static class FileFacts
{
    /// <summary>Its <c>svn:mime-type</c>; null when nobody said one.</summary>
    internal static string? MimeType(this FileContent file) => file.Property("svn:mime-type")?.Trim() is { Length: > 0 } type ? type : null;

    /// <summary>Whether it is a symbolic link: then its content is <c>link </c> and where to.</summary>
    internal static bool IsSymbolicLink(this FileContent file) => file.Property("svn:special") is not null;

    /// <summary>The last segment of a path.</summary>
    internal static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string? Property(this FileContent file, string name) => file.Properties.FirstOrDefault(property => property.Name == name)?.Value;
}
