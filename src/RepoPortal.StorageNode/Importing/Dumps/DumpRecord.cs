namespace RepoPortal.StorageNode.Importing.Dumps;

/// <summary>What a record of a dump is about.</summary>
internal enum DumpRecordKind
{
    /// <summary>Another dump begins: several in one file are one, as <c>svnadmin load</c> sees it.</summary>
    Format,

    /// <summary>The dump's own UUID.</summary>
    Uuid,

    /// <summary>A revision; its properties follow, and then the records of its nodes.</summary>
    Revision,

    /// <summary>A node that the revision before it changes.</summary>
    Node,
}

/// <summary>The head of a record; its content is in the stream behind it. "notes/dump-load-format.txt" in Subversion's source describes it.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Head">The lines as they stood there, with the empty one at the end.</param>
/// <param name="Value">What the first line says: a revision's number, a UUID, a path.</param>
/// <param name="ContentLength">The bytes of its properties and its text together.</param>
internal sealed record DumpRecord(DumpRecordKind Kind, ReadOnlyMemory<byte> Head, string Value, long ContentLength);
