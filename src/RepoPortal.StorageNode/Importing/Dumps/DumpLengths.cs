using System.Globalization;

namespace RepoPortal.StorageNode.Importing.Dumps;

/// <summary>What the head of a record says about the length of its content.</summary>
internal struct DumpLengths
{
    private long? _content;
    private long? _properties;
    private long? _text;

    /// <summary>Properties and text together; some programs leave the sum out.</summary>
    public readonly long Content => _content ?? (_properties ?? 0) + (_text ?? 0);

    /// <summary>Takes a line of the head; lines about something else are left alone.</summary>
    /// <returns>False when it is about a length and names none.</returns>
    public bool TryTake(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (!name.EndsWith("ontent-length"u8))
            return true;
        if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            return false;
        if (name.SequenceEqual("Content-length"u8))
            _content = length;
        else if (name.SequenceEqual("Prop-content-length"u8))
            _properties = length;
        else if (name.SequenceEqual("Text-content-length"u8))
            _text = length;
        return true;
    }
}
