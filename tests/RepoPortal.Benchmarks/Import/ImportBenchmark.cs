using System.Diagnostics;
using System.Globalization;
using System.Text;
using CliWrap;
using RepoPortal.Benchmarks.Measuring;
using RepoPortal.StorageNode.Importing.Dumps;
using ZstdSharp;

namespace RepoPortal.Benchmarks.Import;

/// <summary>An import beside a bare <c>svnadmin load</c> of the same dump, both writing as they do it by themselves and both without waiting for the disk; and memory while a dump of many GB passes.</summary>
internal static class ImportBenchmark
{
    private const int Rounds = 3;
    private const long PassedBytes = 4L << 30;

    public static async Task RunAsync()
    {
        var scratch = Directory.CreateTempSubdirectory("import-").FullName;
        try
        {
            var dump = Path.Combine(scratch, "dump");
            await using (var file = File.Create(dump))
            await using (var history = new DecompressionStream(File.OpenRead(Environment.GetEnvironmentVariable("REPOPORTAL_TEST_HISTORY")!)))
                await history.CopyToAsync(file);
            var (ours, bare) = await SideBySide.RunAsync(Rounds, () => OursAsync(scratch, dump), () => BareAsync(scratch, dump, "--no-flush-to-disk", "-M", "64"), warmUps: 0);
            Report.Write(
                "import of 2,000 revisions / svnadmin load that does not wait for the disk either", $"{Report.Ms(ours.Median)} / {Report.Ms(bare.Median)}, {Report.Ratio(ours.Median / bare.Median)}", ours.Median <= 1.1 * bare.Median, "1.1");
            var plain = await SideBySide.TimeAsync(() => BareAsync(scratch, dump));
            Report.Write(
                "import of 2,000 revisions / svnadmin load as it is", $"{Report.Ms(ours.Median)} / {Report.Ms(plain)}, {Report.Ratio(ours.Median / plain)}", ours.Median <= 1.1 * plain, "1.1");
            Pass(scratch);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static async Task OursAsync(string scratch, string dump)
    {
        var repository = await CreateAsync(scratch);
        await using var file = File.OpenRead(dump);
        using var journal = new RevisionJournal(repository + ".journal");
        var start = new ProcessStartInfo("svnadmin", ["load", "-q", "--ignore-uuid", "--normalize-props", "--no-flush-to-disk", "-M", "64", repository]) { UseShellExecute = false, RedirectStandardInput = true };
        using var loader = Process.Start(start)!;
        using (var input = new BufferedStream(loader.StandardInput.BaseStream, 64 * 1024))
            new DumpFeed(new DumpReader(file), journal, authors: null).Run(input, 0);
        await loader.WaitForExitAsync();
    }

    private static async Task BareAsync(string scratch, string dump, params string[] options)
    {
        var repository = await CreateAsync(scratch);
        await Cli.Wrap("svnadmin").WithArguments(["load", "-q", .. options, repository]).WithStandardInputPipe(PipeSource.FromFile(dump)).ExecuteAsync();
    }

    private static async Task<string> CreateAsync(string scratch)
    {
        var repository = Path.Combine(scratch, Guid.NewGuid().ToString("n"));
        await Cli.Wrap("svnadmin").WithArguments(["create", repository]).ExecuteAsync();
        return repository;
    }

    // The parser is what is ours of the way; the loader's memory is svnadmin's own.
    private static void Pass(string scratch)
    {
        using var journal = new RevisionJournal(Path.Combine(scratch, "journal"));
        using var dump = new EndlessDump(PassedBytes);
        var (first, most, start) = (0L, 0L, Stopwatch.GetTimestamp());
        using var sink = new Sink(passed =>
        {
            var resident = Environment.WorkingSet;
            if (first == 0 && passed > PassedBytes / 10)
                first = resident;
            most = Math.Max(most, resident);
        });
        new DumpFeed(new DumpReader(dump), journal, authors: null).Run(sink, 0);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Report.Write(
            "resident memory while 4 GiB of a dump pass",
            string.Create(CultureInfo.InvariantCulture, $"{first >> 20} MiB after the first tenth, {most >> 20} MiB at most, {(PassedBytes >> 20) / seconds:0} MiB/s"), most <= first * 1.25, "flat");
    }

    /// <summary>Revisions of one file of 64 MiB each, made while they are read.</summary>
    private sealed class EndlessDump(long length) : Stream
    {
        private const int FileLength = 64 << 20;
        private readonly byte[] _text = new byte[1 << 20];
        private byte[] _head = "SVN-fs-dump-format-version: 2\n\n"u8.ToArray();
        private int _at;
        private long _left;
        private long _revision;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_at == _head.Length && _left == 0 && !Begin())
                return 0;
            var source = _at < _head.Length ? _head.AsSpan(_at) : _text.AsSpan(0, (int)Math.Min(_left, _text.Length));
            var taken = Math.Min(source.Length, count);
            source[..taken].CopyTo(buffer.AsSpan(offset));
            if (_at < _head.Length)
                _at += taken;
            else
                _left -= taken;
            return taken;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private bool Begin()
        {
            if (_revision * FileLength >= length)
                return false;
            _head = Encoding.ASCII.GetBytes(string.Create(
                CultureInfo.InvariantCulture, $"\nRevision-number: {_revision++}\nProp-content-length: 10\nContent-length: 10\n\nPROPS-END\n\nNode-path: file\nNode-kind: file\nNode-action: change\nText-content-length: {FileLength}\nContent-length: {FileLength}\n\n"));
            (_at, _left) = (0, FileLength);
            return true;
        }
    }

    private sealed class Sink(Action<long> onPassed) : Stream
    {
        private long _passed;
        private long _told;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => _passed;

        public override long Position
        {
            get => _passed;
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            _passed += buffer.Length;
            if (_passed - _told < 16 << 20)
                return;
            _told = _passed;
            onPassed(_passed);
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
