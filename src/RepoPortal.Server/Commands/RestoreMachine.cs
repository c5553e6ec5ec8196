using System.Globalization;
using Microsoft.Extensions.Options;
using RepoPortal.Contracts;
using RepoPortal.Contracts.Backups;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal;
using RepoPortal.Portal.Record;
using RepoPortal.Portal.Restores;
using RepoPortal.Server.Hosting;

namespace RepoPortal.Server.Commands;

/// <summary>
/// Brings a whole installation back: the record first, then, by a server that nobody else reaches, each repository that the record knows. Run again after it was
/// cut short, it goes on.
/// </summary>
internal static class RestoreMachine
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    public static async Task<int> RunAsync(string? data, string from, CancellationToken cancellationToken)
    {
        if (Environment.IsPrivilegedProcess)
            return await RefuseAsync("This is not done as root: httpd refuses to run as root. Use infra/repoportal, which becomes the system user.");
        try
        {
            await PrepareAsync(data, from, cancellationToken);
            return await RestoreAsync(data, from, cancellationToken);
        }
        catch (OptionsValidationException invalid)
        {
            return await RefuseAsync(string.Join(Environment.NewLine, invalid.Failures));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or StorageException or DataDirectoryException)
        {
            return await RefuseAsync(exception.Message);
        }
    }

    /// <summary>Brings the record back and notes what is to be restored, without any server.</summary>
    private static async Task PrepareAsync(string? data, string from, CancellationToken cancellationToken)
    {
        var builder = ServerHost.CreateBuilder(data, from);
        builder.AddPortalUseCases();
        using var host = builder.Build();
        var restore = host.Services.GetRequiredService<RestoreRecord>();
        var taken = await restore.RestoreAsync(cancellationToken);
        if (taken is { } at)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The record is back, as of {at:yyyy-MM-dd HH:mm:ss} UTC."));
        await host.Services.GetRequiredService<RecordMigration>().ApplyAsync(cancellationToken);
        await (taken is not null ? restore.CloseAsync(cancellationToken) : restore.TryAgainAsync(cancellationToken));
    }

    /// <summary>Starts the server on a port of its own and waits until it has brought everything back.</summary>
    private static async Task<int> RestoreAsync(string? data, string from, CancellationToken cancellationToken)
    {
        await using var app = ServerHost.BuildForRestore(data, from);
        await app.StartAsync(cancellationToken);
        try
        {
            var progress = app.Services.GetRequiredService<RestoreRecord>();
            while (await progress.CountOpenAsync(cancellationToken) is > 0 and var open)
            {
                if (!Console.IsOutputRedirected)
                    Console.Write(string.Create(CultureInfo.InvariantCulture, $"\r{open} to go … "));
                await Task.Delay(Look, cancellationToken);
            }

            var report = await progress.ReportAsync(cancellationToken);
            Console.WriteLine();
            foreach (var line in report.Lines)
                Console.WriteLine(line);
            if (report.IsWhole)
                progress.Finish();
            Console.WriteLine(report.IsWhole
                ? "Start the server with infra/run, and tell people what was lost before they commit."
                : "Mend what is named above and run this command again: it goes on with what is missing. Or start the server with infra/run and go without.");
            return report.IsWhole ? ExitCode.Done : ExitCode.Refused;
        }
        finally
        {
            await app.StopAsync(CancellationToken.None);
        }
    }

    private static async Task<int> RefuseAsync(string sentence)
    {
        await Console.Error.WriteLineAsync(sentence);
        return ExitCode.Refused;
    }
}
