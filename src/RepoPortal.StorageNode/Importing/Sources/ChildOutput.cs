using System.Diagnostics;
using RepoPortal.StorageNode.Importing.Dumps;

namespace RepoPortal.StorageNode.Importing.Sources;

/// <summary>What a child writes: it only comes to its end when the child says that all went well.</summary>
internal sealed class ChildOutput : Stream
{
    private const int ErrorLinesKept = 10;

    private readonly Process _process;
    private readonly string _failure;
    private readonly string? _scratch;
    private readonly Task<List<string>> _errors;
    private long _read;

    /// <param name="process">The child.</param>
    /// <param name="failure">What is said when it gives up, before its own words: "the other server could not be read".</param>
    /// <param name="scratch">A directory that goes with it; null for none.</param>
    public ChildOutput(Process process, string failure, string? scratch)
    {
        (_process, _failure, _scratch) = (process, failure, scratch);
        _errors = Task.Run(ReadErrorsAsync);
    }

    /// <summary>How many bytes were read.</summary>
    public long BytesRead => Interlocked.Read(ref _read);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Ends the child.</summary>
    public void Abort() => _process.Kill();

    // Between two records, a dump that breaks off looks like one that is complete.
    /// <exception cref="DumpException">The child gave up.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        var length = _process.StandardOutput.BaseStream.Read(buffer, offset, count);
        Interlocked.Add(ref _read, length);
        if (length > 0)
            return length;
        _process.WaitForExit();
        var errors = _errors.GetAwaiter().GetResult();
        return _process.ExitCode == 0
            ? 0
            : throw new DumpException(null, $"{_failure}: {(errors.Count > 0 ? string.Join(": ", errors) : $"its reader ended with {_process.ExitCode}")}");
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _process.Dispose();
            if (_scratch is { } scratch && Directory.Exists(scratch))
                Directory.Delete(scratch, recursive: true);
        }

        base.Dispose(disposing);
    }

    private async Task<List<string>> ReadErrorsAsync()
    {
        var lines = new List<string>();
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            if (lines.Count < ErrorLinesKept)
                lines.Add(line.Replace("svnrdump: ", "", StringComparison.Ordinal));
        }

        return lines;
    }
}
