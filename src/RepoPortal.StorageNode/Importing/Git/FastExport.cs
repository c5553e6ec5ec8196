using System.Globalization;
using System.Text;
using RepoPortal.StorageNode.Importing.Dumps;

namespace RepoPortal.StorageNode.Importing.Git;

/// <summary>
/// Reads the commits of a stream of <c>git fast-export --no-data --show-original-ids</c>, each after its parents. What a commit changes is passed over: the stream tells it
/// against the first parent and of files only, and a directory of Subversion's needs it against what is there, with directories.
/// </summary>
internal sealed class FastExport(BufferedStream stream)
{
    /// <summary>How it is run.</summary>
    public static readonly string[] Arguments =
    [
        "fast-export", "--no-data", "--show-original-ids", "--date-order", "--reencode=yes", "--signed-tags=strip", "--tag-of-filtered-object=drop", "--branches", "--tags",
    ];

    private const int LongestMessage = 64 * 1024 * 1024;

    private readonly List<byte> _line = new(256);
    private Draft? _draft;

    /// <summary>The commits.</summary>
    /// <exception cref="DumpException">The stream is cut off or malformed.</exception>
    public IEnumerable<GitCommit> ReadCommits()
    {
        while (ReadLine() is { } line)
        {
            var (word, rest) = Split(line);
            if (word is "commit" or "reset" or "tag")
            {
                if (_draft is { } whole)
                    yield return whole.Finish();
                _draft = word == "commit" ? new Draft() : null;
            }
            else if (word == "data")
            {
                var content = ReadData(rest);
                if (_draft is { } draft)
                    draft.Message = content;
            }
            else if (_draft is { } draft)
            {
                draft.Take(word, rest);
            }
        }

        if (_draft is { } last)
            yield return last.Finish();
    }

    private static (string Word, string Value) Split(string line) =>
        line.IndexOf(' ', StringComparison.Ordinal) is var space and > 0 ? (line[..space], line[(space + 1)..]) : (line, "");

    private byte[] ReadData(string length)
    {
        if (!int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) || bytes > LongestMessage)
            throw new DumpException(null, $"git wrote a message of '{length}' bytes");
        var content = new byte[bytes];
        if (stream.ReadAtLeast(content, bytes, throwOnEndOfStream: false) < bytes)
            throw new DumpException(null, "what git writes ends in the middle of a message");
        return content;
    }

    private string? ReadLine()
    {
        _line.Clear();
        int next;
        while ((next = stream.ReadByte()) is not (-1 or '\n'))
            _line.Add((byte)next);
        return next < 0 && _line.Count == 0 ? null : GitText.Decode(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_line), out _);
    }

    /// <summary>A commit of which not everything was read yet.</summary>
    private sealed class Draft
    {
        private readonly List<int> _parents = [];
        private int _mark;
        private string _id = "";
        private GitPerson? _author;
        private GitPerson? _committer;

        public byte[] Message { get; set; } = [];

        public void Take(string word, string rest)
        {
            switch (word)
            {
                case "mark":
                    _mark = Mark(rest);
                    break;
                case "original-oid":
                    _id = rest;
                    break;
                case "author":
                    _author = GitPerson.Parse(rest);
                    break;
                case "committer":
                    _committer = GitPerson.Parse(rest);
                    break;
                case "from" or "merge":
                    _parents.Add(Mark(rest));
                    break;
            }
        }

        public GitCommit Finish() => _mark > 0 && _id.Length >= 40 && _committer is { } committer
            ? new GitCommit(_mark, _id, _author ?? committer, committer, Message, _parents)
            : throw new DumpException(null, "git wrote a commit without its number, its hash or its committer");

        private static int Mark(string text) => text.StartsWith(':') && int.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var mark)
            ? mark
            : throw new DumpException(null, $"git named a commit as '{text}'");
    }
}
