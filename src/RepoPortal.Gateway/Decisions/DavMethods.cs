using System.Collections.Frozen;

namespace RepoPortal.Gateway.Decisions;

/// <summary>What a request wants to do to a repository.</summary>
internal enum RequestedAccess
{
    Read,
    Write,
}

/// <summary>Tells reading from writing by the method, for every method mod_dav_svn knows.</summary>
internal static class DavMethods
{
    private static readonly string[] Reading = ["GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT"];

    private static readonly string[] Writing =
    [
        "PUT", "POST", "DELETE", "MKCOL", "COPY", "MOVE", "PROPPATCH", "LOCK", "UNLOCK", "MERGE",
        "CHECKOUT", "CHECKIN", "UNCHECKOUT", "MKACTIVITY", "MKWORKSPACE", "VERSION-CONTROL", "BASELINE-CONTROL", "UPDATE", "LABEL",
    ];

    private static readonly FrozenDictionary<string, RequestedAccess> Known =
        Reading.Select(method => (method, RequestedAccess.Read)).Concat(Writing.Select(method => (method, RequestedAccess.Write)))
            .ToFrozenDictionary(known => known.method, known => known.Item2, StringComparer.Ordinal);

    /// <summary>The value of the <c>Allow</c> header.</summary>
    internal static readonly string Allow = string.Join(", ", Reading.Concat(Writing));

    /// <summary>False for a method that repositories do not offer. Methods are case-sensitive (RFC 9110, 9.1).</summary>
    internal static bool TryClassify(string method, out RequestedAccess access) => Known.TryGetValue(method, out access);
}
