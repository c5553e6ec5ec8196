using System.Diagnostics;
using RepoPortal.StorageNode.Importing.Dumps;

namespace RepoPortal.StorageNode.Importing.Sources;

/// <summary>What a child writes: it only comes to its end when the child says that all went well.</summary>
internal sealed class ChildOutput : ForwardStream
{
    private const int ErrorLinesKept = 10;

    private readonly Process _process;
    private readonly string _failure;
    private readonly string? _scratch;
    private readonly List<string> _errors = [];

    /// <param name="process">The child.</param>
    /// <param name="failure">What is said when it gives up, before its own words: "the other server could not be read".</param>
    /// <param name="scratch">A directory that goes with it; null for none.</param>
    public ChildOutput(Process process, string failure, string? scratch)
    {
        (_process, _failure, _scratch) = (process, failure, scratch);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginErrorReadLine();
    }

    /// <summary>Ends the child.</summary>
    public void Abort() => _process.Kill();

    // Between two records, a dump that breaks off looks like one that is complete.
    /// <exception cref="DumpException">The child gave up.</exception>
    protected override int ReadNext(Span<byte> buffer)
    {
        var length = _process.StandardOutput.BaseStream.Read(buffer);
        if (length > 0)
            return length;
        // Returns when its last word was heard, too.
        _process.WaitForExit();
        if (_process.ExitCode == 0)
            return 0;
        throw new DumpException(null, $"{_failure}: {(_errors.Count > 0 ? string.Join(": ", _errors) : $"its reader ended with {_process.ExitCode}")}");
    }

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

    // One line after the other, and all of them before the end of the process is known.
    private void Keep(string? line)
    {
        if (line is not null && _errors.Count < ErrorLinesKept)
            _errors.Add(line.Replace("svnrdump: ", "", StringComparison.Ordinal));
    }
}
