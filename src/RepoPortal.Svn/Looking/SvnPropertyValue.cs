using System.Text;

namespace RepoPortal.Svn;

/// <summary>The value of a property: bytes, which are UTF-8 text for every property whose name starts with <c>svn:</c>.</summary>
/// <param name="RawValue">The bytes as stored.</param>
public sealed record SvnPropertyValue(ReadOnlyMemory<byte> RawValue)
{
    /// <summary>The bytes read as UTF-8; what is not UTF-8 reads as U+FFFD.</summary>
    public string StringValue => Encoding.UTF8.GetString(RawValue.Span);

    /// <inheritdoc/>
    public bool Equals(SvnPropertyValue? other) => other is not null && RawValue.Span.SequenceEqual(other.RawValue.Span);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(RawValue.Span);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => StringValue;
}
