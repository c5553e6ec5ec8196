using System.Diagnostics.CodeAnalysis;

namespace RepoPortal.Gateway.Targets;

/// <summary>What a request asks for: a path under <c>/repos</c>, and the query.</summary>
/// <param name="Path">The checked path.</param>
/// <param name="PathAndQuery">What goes upstream, byte for byte as the client sent it, without scheme and host.</param>
internal sealed record RequestTarget(RepositoryPath Path, string PathAndQuery)
{
    internal bool HasQuery => PathAndQuery.Length > Path.Text.Length;

    /// <summary>True when the gateway answers for this raw request target, well formed or not.</summary>
    internal static bool IsForGateway(string rawTarget) =>
        rawTarget.StartsWith('/')
            ? RepositoryPath.IsUnderRoot(rawTarget)
            : AbsoluteAddress.TrySplit(rawTarget, out var absolute) && RepositoryPath.IsUnderRoot(absolute.Rest);

    /// <summary>Parses the raw target of a request for which <see cref="IsForGateway"/> holds.</summary>
    /// <param name="rawTarget">Origin form, or absolute form that names <paramref name="origin"/>.</param>
    /// <param name="origin">Who we are to this client.</param>
    /// <param name="target">The target when the answer is true.</param>
    /// <param name="refusal">A sentence saying what is wrong when the answer is false.</param>
    internal static bool TryParse(
        string rawTarget, ClientOrigin origin, [NotNullWhen(true)] out RequestTarget? target, [NotNullWhen(false)] out string? refusal)
    {
        target = null;
        if (AbsoluteAddress.TrySplit(rawTarget, out var absolute) && !rawTarget.StartsWith('/'))
        {
            if (!origin.Is(absolute.Scheme, absolute.Authority))
            {
                refusal = "The request line names another server than the Host header.";
                return false;
            }

            rawTarget = absolute.Rest.ToString();
        }

        if (rawTarget.Contains('#', StringComparison.Ordinal))
        {
            refusal = "A request has no fragment; '#' in a name is written '%23'.";
            return false;
        }

        var question = rawTarget.IndexOf('?', StringComparison.Ordinal);
        var text = question < 0 ? rawTarget : rawTarget[..question];
        if (!RepositoryPath.TryParse(text, out var path, out refusal))
            return false;
        target = new RequestTarget(path, rawTarget);
        return true;
    }
}
