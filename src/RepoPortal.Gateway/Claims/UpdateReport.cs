using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Xml;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Gateway.Targets;

namespace RepoPortal.Gateway.Claims;

/// <summary>Reads the body of an <c>update-report</c> (<c>mod_dav_svn/reports/update.c</c>) so strictly that httpd cannot understand it otherwise.</summary>
internal sealed class UpdateReport
{
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);
    private readonly List<ClaimedEntry> _entries = [];

    private UpdateReport()
    {
    }

    /// <summary>Reads what a report claims. No claims and no complaint: the report is another, or compares a place with its own later state, of which the same is hidden.</summary>
    /// <param name="body">The report.</param>
    /// <param name="repository">The only repository it may be about.</param>
    /// <param name="claims">What it claims, if that matters.</param>
    /// <param name="refusal">A sentence when the answer is false.</param>
    internal static bool TryRead(string body, RepositoryName repository, out UpdateClaims? claims, [NotNullWhen(false)] out string? refusal)
    {
        claims = null;
        try
        {
            using var reader = XmlReader.Create(new StringReader(body), Settings);
            reader.MoveToContent();
            if (reader.LocalName != "update-report")
            {
                refusal = null;
                return true;
            }

            var report = new UpdateReport();
            refusal = report.ReadChildren(reader) ?? report.Conclude(repository, out claims);
        }
        catch (XmlException)
        {
            refusal = "The report is not well formed.";
        }

        return refusal is null;
    }

    private string? ReadChildren(XmlReader reader)
    {
        if (reader.IsEmptyElement)
            return null;
        reader.Read();
        while (reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType != XmlNodeType.Element)
                reader.Read();
            else if ((reader.LocalName is "entry" or "missing" ? ReadEntry(reader) : ReadOption(reader)) is { } refusal)
                return refusal;
        }

        return null;
    }

    private string? ReadOption(XmlReader reader)
    {
        var name = reader.LocalName;
        return _options.TryAdd(name, reader.ReadElementContentAsString()) ? null : $"The report says '{name}' twice.";
    }

    private string? ReadEntry(XmlReader reader)
    {
        var isMissing = reader.LocalName == "missing";
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.MoveToNextAttribute())
        {
            if (reader.Prefix != "xmlns" && reader.Name != "xmlns" && !attributes.TryAdd(reader.LocalName, reader.Value))
                return "An entry of the report has an attribute twice.";
        }

        reader.MoveToElement();
        var path = reader.ReadElementContentAsString();
        long? revision = null;
        if (!isMissing)
        {
            if (!long.TryParse(attributes.GetValueOrDefault("rev"), NumberStyles.None, CultureInfo.InvariantCulture, out var parsed))
                return "An entry of the report has no revision.";
            revision = parsed;
        }

        var link = attributes.GetValueOrDefault("linkpath");
        if (!FsPath.IsRelative(path) || (link is not null && !FsPath.IsAbsolute(link)))
            return "A path in the report is not spelled as svn does.";
        _entries.Add(new ClaimedEntry(path, revision, isMissing ? null : link, attributes.ContainsKey("start-empty"), attributes.GetValueOrDefault("depth", "infinity")));
        return null;
    }

    private string? Conclude(RepositoryName repository, out UpdateClaims? claims)
    {
        claims = null;
        if (!_options.TryGetValue("dst-path", out var to) || !_options.TryGetValue("src-path", out var from))
            return null;
        if (!TryPath(from, repository, out var source) || !TryPath(to, repository, out var destination) || !FsPath.IsRelative(_options.GetValueOrDefault("update-target", "")))
            return "A path in the report is not spelled as svn does.";
        if (_entries is not [{ Path: "", Revision: not null }, ..] || !IsDepthFirst())
            return "The entries of the report are not in the order of svn.";
        source = FsPath.Join(source, _options.GetValueOrDefault("update-target", ""));
        if (source != destination || _entries.Exists(entry => entry.LinkPath is not null))
            claims = new UpdateClaims(source, destination, _entries);
        return null;
    }

    private static bool TryPath(string address, RepositoryName repository, out string path)
    {
        path = "";
        var text = AbsoluteAddress.TrySplit(address, out var absolute) ? absolute.Rest.ToString() : address;
        if (!RepositoryPath.TryParse(text, out var parsed, out _) || parsed.Name != repository)
            return false;
        path = Uri.UnescapeDataString(parsed.InRepository) is { Length: > 1 } inside ? inside.TrimEnd('/') : "/";
        return path != "/!svn" && !path.StartsWith("/!svn/", StringComparison.Ordinal);
    }

    // Out of order libsvn overlooks an entry, such as one that says that something is missing.
    private bool IsDepthFirst()
    {
        var left = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 1; i < _entries.Count; i++)
        {
            for (var at = _entries[i - 1].Path; !FsPath.IsWithin(_entries[i].Path, at) || at == _entries[i].Path; at = FsPath.Above(at))
            {
                left.Add(at);
                if (at.Length == 0)
                    break;
            }

            for (var at = _entries[i].Path; at.Length > 0; at = FsPath.Above(at))
            {
                if (left.Contains(at))
                    return false;
            }

            if (_entries[i].Path.Length == 0)
                return false;
        }

        return true;
    }
}
