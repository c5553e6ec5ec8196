using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using RepoPortal.Contracts;
using RepoPortal.Portal;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.Record;
using RepoPortal.Server.Hosting;

namespace RepoPortal.Server.Commands;

/// <summary>Runs one use case of the portal on the record, beside a running server or without one.</summary>
internal static class PortalCommand
{
    /// <summary>Opens the record, runs <paramref name="command"/> and turns refusals into a sentence on standard error.</summary>
    /// <param name="data">The data directory when the command line names one.</param>
    /// <param name="command">The use case; what it hands back is printed on standard output.</param>
    /// <param name="cancellationToken">Ctrl-C.</param>
    public static async Task<int> RunAsync(
        string? data, Func<IServiceProvider, CancellationToken, Task<Outcome<string>>> command, CancellationToken cancellationToken)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        // A save that the record refuses is tried again or told in a sentence, and is no error by itself; and standard output is for what was asked for.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddSingleton(ServerHost.DataDirectoryOf(builder.Configuration, data));
        builder.AddPortalUseCases();
        using var host = builder.Build();
        try
        {
            // The host is not started: a command answers nobody and drives no repository. It only needs the record in its present shape.
            await host.Services.GetRequiredService<RecordMigration>().ApplyAsync(cancellationToken);
            await using var scope = host.Services.CreateAsyncScope();
            if ((await command(scope.ServiceProvider, cancellationToken)).Succeeded(out var output, out var refusal))
            {
                await Console.Out.WriteAsync(output);
                return ExitCode.Done;
            }

            await Console.Error.WriteLineAsync(refusal.Sentence);
        }
        catch (OptionsValidationException invalid)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, invalid.Failures));
        }
        catch (UnauthorizedAccessException closed)
        {
            await Console.Error.WriteLineAsync($"The data directory {host.Services.GetRequiredService<DataDirectory>().Root} cannot be used: {closed.Message}");
        }

        return ExitCode.Refused;
    }
}
