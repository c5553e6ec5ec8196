using System.Buffers;
using RepoPortal.Contracts.Content;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Access;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Reading;

/// <summary>Hands a file over piece by piece, and asks for each whether the reader may still see it.</summary>
internal sealed class ReadFile(ReadCopy read, SvnLookClient look, ReaderAccess access, OpenFiles open)
{
    /// <summary>The piece; null when there is no such file, or none that the reader may see.</summary>
    /// <exception cref="StorageException">The copy is not there, or cannot be read.</exception>
    public FilePiece? Run(RepositoryCopy copy, PathAtRevision file, long offset, Reader reader, CancellationToken cancellationToken) => read.Run(copy, directory =>
    {
        SvnFileStream? stream = null;
        try
        {
            if (!access.Of(directory, reader).MaySee(file.Path))
                return null;
            stream = open.Take(directory, file, offset) ?? OpenAt(new SvnLookOrigin(directory, file.Revision), file.Path, offset, cancellationToken);
            var bytes = new byte[Math.Clamp(stream.Length - offset, 0, FilePiece.MostBytes)];
            stream.ReadExactly(bytes);
            var piece = new FilePiece(bytes, stream.Length);
            if (bytes.Length > 0 && offset + bytes.Length < piece.FileBytes)
            {
                open.Keep(directory, file, offset + bytes.Length, stream);
                stream = null;
            }

            return piece;
        }
        catch (SvnException exception) when (exception.IsNotFound || exception.IsPathSyntax)
        {
            return null;
        }
        finally
        {
            stream?.Dispose();
        }
    });

    private SvnFileStream OpenAt(SvnLookOrigin origin, string path, long offset, CancellationToken cancellationToken)
    {
        var stream = look.OpenFile(origin, path);
        var buffer = ArrayPool<byte>.Shared.Rent(FilePiece.MostBytes);
        try
        {
            for (var left = Math.Min(offset, stream.Length); left > 0;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                left -= stream.Read(buffer.AsSpan(0, (int)Math.Min(left, buffer.Length)));
            }

            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
