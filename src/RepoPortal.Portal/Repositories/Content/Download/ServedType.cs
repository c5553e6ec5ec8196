using System.Net.Mime;
using Microsoft.AspNetCore.StaticFiles;
using RepoPortal.Contracts.Content;
using RepoPortal.Portal.Repositories.Content.Rendering;

namespace RepoPortal.Portal.Repositories.Content.Download;

/// <summary>As what a file is served from the portal's own address.</summary>
/// <param name="ContentType">The media type.</param>
/// <param name="IsInline">Whether a browser may show it by itself; everything else it only saves.</param>
/// <remarks>
/// Whatever is shown is in a sandbox of its own besides. Text is always plain text, also where it is HTML; a picture that can carry scripts is shown in pages, and saved when
/// it is opened by itself. A PDF document is shown by the browser's own program for it, which obeys the sandbox.
/// </remarks>
internal readonly record struct ServedType(string ContentType, bool IsInline)
{
    private static readonly FileExtensionContentTypeProvider Extensions = new();
    private static readonly HashSet<string> Pictures = new(StringComparer.OrdinalIgnoreCase)
    {
        "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp", "image/x-icon", "image/vnd.microsoft.icon",
    };

    internal const string Svg = "image/svg+xml";
    private const string Pdf = "application/pdf";

    internal static ServedType Of(FileContent file)
    {
        var type = TypeOf(file);
        if (Pictures.Contains(type) || type == Pdf)
            return new ServedType(type, true);
        if (type is Svg)
            return new ServedType(type, false);
        if (type.StartsWith("audio/", StringComparison.Ordinal) || type.StartsWith("video/", StringComparison.Ordinal))
            return new ServedType(type, true);
        return FileText.Decode(file.Start, file.Start.Length == file.SizeBytes, file.MimeType()) is { } text
            ? new ServedType($"text/plain; charset={text.Charset}", true)
            : new ServedType("application/octet-stream", false);
    }

    /// <summary>Whether it is a PDF document.</summary>
    internal static bool IsPdf(FileContent file) => TypeOf(file) == Pdf;

    /// <summary>Whether a page can show it as a picture.</summary>
    internal static bool IsPicture(FileContent file) => TypeOf(file) is var type && (Pictures.Contains(type) || type == Svg);

    // What the committer says wins over what the name suggests; a type that is none is as good as nothing.
    private static string TypeOf(FileContent file)
    {
        if (file.MimeType() is { } said && ContentTypeIn(said) is { } type)
            return type;
        return Extensions.TryGetContentType(file.Path, out var guessed) ? guessed : "";
    }

    private static string? ContentTypeIn(string said)
    {
        try
        {
            return new ContentType(said).MediaType.ToLowerInvariant();
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
