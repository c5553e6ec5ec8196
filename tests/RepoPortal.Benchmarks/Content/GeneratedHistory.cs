using System.Globalization;
using System.Text;
using CliWrap;

namespace RepoPortal.Benchmarks.Content;

/// <summary>A history of any length: a directory of 10,000 files, a revision that adds 20,000 to others and one that changes 20 of them, some files that are changed in turn, and one that changes a line with each of 500 revisions.</summary>
internal static class GeneratedHistory
{
    /// <summary>How many entries <c>/trunk/many</c> has.</summary>
    public const int Entries = 10_000;

    /// <summary>How many revisions <c>/trunk/blamed.txt</c> has.</summary>
    public const int BlamedRevisions = 500;

    /// <summary>The revision that adds <see cref="Added"/> files.</summary>
    public const int WideRevision = 2;

    /// <summary>How many it adds, a hundred to each directory.</summary>
    public const int Added = 20_000;

    /// <summary>The revision that changes <see cref="Changed"/> of them.</summary>
    public const int NarrowRevision = 3;

    /// <summary>How many it changes.</summary>
    public const int Changed = 20;

    private const int InEach = 100;
    private const int Files = 40;

    /// <summary>Loads it into an empty repository.</summary>
    public static Task LoadAsync(string repository, int revisions) => Cli.Wrap("svnadmin")
        .WithArguments(["load", "-q", "--no-flush-to-disk", "-M", "64", repository])
        .WithStandardInputPipe(PipeSource.Create(async (stream, cancellation) =>
        {
            await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
            await WriteAsync(writer, revisions, cancellation);
        }))
        .ExecuteAsync();

    private static async Task WriteAsync(StreamWriter dump, int revisions, CancellationToken cancellation)
    {
        var blamed = Enumerable.Range(0, BlamedRevisions).Select(static line => Line(line, 1)).ToArray();
        var every = revisions / BlamedRevisions;
        await dump.WriteAsync("SVN-fs-dump-format-version: 2\n\n");
        await RevisionAsync(dump, 1, "Lay everything out");
        await DirectoryAsync(dump, "trunk");
        await DirectoryAsync(dump, "trunk/many");
        await DirectoryAsync(dump, "trunk/src");
        for (var entry = 0; entry < Entries; entry++)
            await FileAsync(dump, "add", string.Create(CultureInfo.InvariantCulture, $"trunk/many/entry-{entry:00000}.txt"), "one of many\n");
        for (var file = 0; file < Files; file++)
            await FileAsync(dump, "add", Source(file), Text(file, 1));
        await FileAsync(dump, "add", "trunk/blamed.txt", string.Concat(blamed));
        await WidenAsync(dump);
        for (var revision = NarrowRevision + 1; revision <= revisions; revision++)
        {
            cancellation.ThrowIfCancellationRequested();
            await RevisionAsync(dump, revision, string.Create(CultureInfo.InvariantCulture, $"Change number {revision}, because of {revision % 97}"));
            if (revision % every == 0)
            {
                blamed[revision / every % BlamedRevisions] = Line(revision / every % BlamedRevisions, revision);
                await FileAsync(dump, "change", "trunk/blamed.txt", string.Concat(blamed));
            }
            else
            {
                await FileAsync(dump, "change", Source(revision % Files), Text(revision % Files, revision));
            }
        }
    }

    private static async Task WidenAsync(StreamWriter dump)
    {
        await RevisionAsync(dump, WideRevision, "Many at once");
        await DirectoryAsync(dump, "trunk/wide");
        for (var file = 0; file < Added; file++)
        {
            if (file % InEach == 0)
                await DirectoryAsync(dump, Path.GetDirectoryName(Wide(file))!);
            await FileAsync(dump, "add", Wide(file), "one of very many\n");
        }

        await RevisionAsync(dump, NarrowRevision, "Some of them");
        for (var file = 0; file < Added; file += Added / Changed)
            await FileAsync(dump, "change", Wide(file), "changed\n");
    }

    private static string Wide(int file) => string.Create(CultureInfo.InvariantCulture, $"trunk/wide/part-{file / InEach:000}/file-{file:00000}.txt");

    private static string Source(int file) => string.Create(CultureInfo.InvariantCulture, $"trunk/src/module-{file:00}.c");

    private static string Line(int line, int revision) => string.Create(CultureInfo.InvariantCulture, $"value_{line:000} = {revision};\n");

    private static string Text(int file, int revision) => string.Create(
        CultureInfo.InvariantCulture, $"/* module {file} as of {revision} */\n#include <stdio.h>\n\nint main(void)\n{{\n    printf(\"%d\\n\", {revision});\n    return 0;\n}}\n");

    private static Task RevisionAsync(StreamWriter dump, int revision, string message)
    {
        var date = DateTime.UnixEpoch.AddYears(30).AddMinutes(revision).ToString("yyyy-MM-dd'T'HH:mm:ss'.000000Z'", CultureInfo.InvariantCulture);
        var properties = Property("svn:log", message) + Property("svn:author", revision % 3 == 0 ? "mei" : "omar") + Property("svn:date", date) + "PROPS-END\n";
        return dump.WriteAsync(string.Create(
            CultureInfo.InvariantCulture, $"Revision-number: {revision}\nProp-content-length: {properties.Length}\nContent-length: {properties.Length}\n\n{properties}\n"));
    }

    private static string Property(string name, string value) => string.Create(CultureInfo.InvariantCulture, $"K {name.Length}\n{name}\nV {value.Length}\n{value}\n");

    private static Task DirectoryAsync(StreamWriter dump, string path) => dump.WriteAsync($"Node-path: {path}\nNode-kind: dir\nNode-action: add\n\n\n");

    private static Task FileAsync(StreamWriter dump, string action, string path, string text) => dump.WriteAsync(string.Create(
        CultureInfo.InvariantCulture, $"Node-path: {path}\nNode-kind: file\nNode-action: {action}\nText-content-length: {text.Length}\nContent-length: {text.Length}\n\n{text}\n\n"));
}
