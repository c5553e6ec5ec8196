using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using RepoPortal.Contracts;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.Portal.Exports;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People;
using RepoPortal.Portal.Restores;

namespace RepoPortal.Server.Commands;

/// <summary><c>repository export</c>: the running server makes the file, on whichever node has the repository; the command fetches it and checks its digest.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "The repository." };
        var to = new Option<string>("--to") { Description = "The file to write, which must not exist.", HelpName = "FILE", Required = true };
        var revision = new Option<string?>("--revision") { Description = "The last revision, or the first and the last (default: everything).", HelpName = "[A:]B" };
        var incremental = new Option<bool>("--incremental") { Description = "Of the first revision write only what it changed, to be loaded onto the one before." };
        var deltas = new Option<bool>("--deltas") { Description = "Write contents as differences: smaller, and slower to make." };
        var archive = new Option<bool>("--archive") { Description = "In place of a dump: the repository's own files, in a tar archive." };
        var zstd = new Option<bool>("--zstd") { Description = "Compress by zstd in place of gzip." };
        var command = new Command("export", "Write a repository into a file, as 'svnadmin dump' does, compressed.") { name, to, revision, incremental, deltas, archive, zstd };
        command.SetAction((arguments, cancellationToken) => PortalCommand.RunAsync(
            arguments.GetValue(CommandLine.Data),
            async (services, cancel) =>
            {
                if (!TryParse(arguments.GetValue(revision), out var first, out var last))
                    return Refusal.Invalid("revision", "Revisions are written as 120 or as 100:120.");
                var request = new ExportRequest(
                    arguments.GetValue(archive) ? ExportForm.Archive : ExportForm.Dump,
                    arguments.GetValue(zstd) ? ExportCompression.Zstd : ExportCompression.Gzip,
                    first,
                    new RestorePoint(last, At: null),
                    arguments.GetValue(incremental),
                    arguments.GetValue(deltas));
                return await RunAsync(services, arguments.GetRequiredValue(name), CalledFrom.FullPath(arguments.GetRequiredValue(to)), request, cancel);
            },
            cancellationToken));
        return command;
    }

    private static async Task<Outcome<string>> RunAsync(IServiceProvider services, string name, string path, ExportRequest request, CancellationToken cancellationToken)
    {
        if (Path.Exists(path))
            return Refusal.Conflict($"'{path}' is there already; name another file.");
        var (key, export) = (RandomNumberGenerator.GetHexString(64, lowercase: true), Guid.Empty);
        var made = await FollowTask.RunAsync(
            services,
            async () =>
            {
                var asked = await services.GetRequiredService<AskForExport>().ExecuteAsync(name, request, TokenDigest.Of(key), Actor.Operator, cancellationToken);
                export = asked.Refusal is null ? asked.Value : Guid.Empty;
                return asked;
            },
            cancellationToken);
        if (made.Refusal is not null)
            return made;
        try
        {
            return await FetchAsync(services.GetRequiredService<DataDirectory>(), key, path, $"{path}.{export:n}.partial", cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or HttpRequestException)
        {
            return Refusal.Conflict($"The export was made, but could not be written to '{path}': {exception.Message}");
        }
        finally
        {
            // Nobody else knows its secret. The owners see it in the list, and one of the few that are kept would be taken.
            await services.GetRequiredService<DeleteExport>().ExecuteAsync(name, export, Actor.Operator, CancellationToken.None);
        }
    }

    private static async Task<Outcome<string>> FetchAsync(DataDirectory data, string key, string path, string partial, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = new Uri(await File.ReadAllTextAsync(data.AddressFile, cancellationToken)), Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Add(ExportEndpoints.KeyHeader, key);
        using var response = await client.GetAsync(new Uri(ExportEndpoints.CommandPath, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        try
        {
            string digest;
            await using (var file = new FileStream(partial, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                await response.Content.CopyToAsync(file, cancellationToken);
                file.Flush(flushToDisk: true);
                file.Position = 0;
                digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
            }

            if (response.Headers.ETag?.Tag.Trim('"') != digest)
                return Refusal.Conflict("What was fetched is not what the node wrote; nothing was kept of it.");
            File.Move(partial, path);
            return string.Create(CultureInfo.InvariantCulture, $"Wrote {path}, {new FileInfo(path).Length} bytes.{Environment.NewLine}SHA-256 {digest}{Environment.NewLine}");
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static bool TryParse(string? text, out long? first, out long? last)
    {
        (first, last) = (null, null);
        if (text is null)
            return true;
        var ends = text.Split(':');
        if (ends.Length > 2 || !ends.All(end => long.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
            return false;
        last = long.Parse(ends[^1], CultureInfo.InvariantCulture);
        first = ends.Length == 2 ? long.Parse(ends[0], CultureInfo.InvariantCulture) : null;
        return true;
    }
}
