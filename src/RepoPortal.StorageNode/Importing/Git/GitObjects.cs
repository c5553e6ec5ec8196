using System.Diagnostics;
using System.Globalization;
using System.Text;
using RepoPortal.StorageNode.Importing.Dumps;

namespace RepoPortal.StorageNode.Importing.Git;

/// <summary>Asks a <c>git cat-file --batch</c> for objects, one after the other, so that nothing is held that is not being written.</summary>
internal sealed class GitObjects(Process process) : IDisposable
{
    private const int LargestHeld = 256 * 1024 * 1024;
    private const int PieceSize = 64 * 1024;

    /// <summary>How it is run.</summary>
    public static readonly string[] Arguments = ["cat-file", "--batch"];

    private readonly BufferedStream _output = new(process.StandardOutput.BaseStream, PieceSize);
    // It complains of what is missing here, too; read so that it never waits for that.
    private readonly Task _errors = process.StandardError.BaseStream.CopyToAsync(Stream.Null);

    /// <summary>Asks for an object; its content has to be read next.</summary>
    /// <param name="name">Its hash, or an expression that leads to it.</param>
    /// <returns>Its hash, its type and its length; null when there is none.</returns>
    public (string Id, string Type, long Length)? Ask(string name)
    {
        process.StandardInput.BaseStream.Write(Encoding.UTF8.GetBytes($"{name}\n"));
        process.StandardInput.BaseStream.Flush();
        var parts = ReadLine().Split(' ');
        return parts.Length == 3 && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? (parts[0], parts[1], length) : null;
    }

    /// <summary>Reads the content of what was asked for, in pieces; each is good until the next one.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> ReadPieces(long length)
    {
        var buffer = new byte[Math.Min(length, PieceSize)];
        for (var left = length; left > 0;)
        {
            var read = _output.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
            if (read == 0)
                throw Gone();
            left -= read;
            yield return buffer.AsMemory(0, read);
        }

        if (_output.ReadByte() != '\n')
            throw Gone();
    }

    /// <summary>An object that is small: a commit or a directory.</summary>
    /// <exception cref="DumpException">It is not there, or is none of that type.</exception>
    public byte[] Read(string name, string type)
    {
        if (Ask(name) is not { } found || found.Type != type || found.Length > LargestHeld)
            throw new DumpException(null, $"git has no whole {type} '{name}'");
        var content = new byte[found.Length];
        var at = 0;
        foreach (var piece in ReadPieces(found.Length))
        {
            piece.Span.CopyTo(content.AsSpan(at));
            at += piece.Length;
        }

        return content;
    }

    /// <summary>The hash of the commit that a reference leads to; null when it leads to none.</summary>
    public string? FindCommit(string id)
    {
        if (Ask($"{id}^{{commit}}") is not { } found)
            return null;
        foreach (var _ in ReadPieces(found.Length))
        {
            // Only where it ends matters.
        }

        return found.Id;
    }

    /// <summary>Ends the child.</summary>
    public void Abort() => process.Kill();

    public void Dispose()
    {
        process.Kill();
        _output.Dispose();
        _errors.ContinueWith(static _ => { }, TaskScheduler.Default).Wait();
        process.Dispose();
    }

    private string ReadLine()
    {
        var line = new StringBuilder();
        int next;
        while ((next = _output.ReadByte()) is not (-1 or '\n'))
            line.Append((char)next);
        return next < 0 ? throw Gone() : line.ToString();
    }

    private static DumpException Gone() => new(null, "git cannot read its objects any further; 'git fsck' may say why");
}
