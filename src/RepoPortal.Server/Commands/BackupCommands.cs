using System.CommandLine;
using System.Globalization;
using System.Text;
using RepoPortal.Contracts;
using RepoPortal.Portal.Backups;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People;

namespace RepoPortal.Server.Commands;

/// <summary>
/// <c>backup</c> and <c>drill</c>: what backups there are, and what the clock does by itself, done now. The running server does it; the command asks, and waits if it is told to.
/// </summary>
internal static class BackupCommands
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary><c>backup list</c>, <c>backup run</c> and <c>backup verify</c>.</summary>
    public static Command Create() => new("backup", "Backups.")
    {
        CreateList(),
        CreateAsking("run", "Back up what has changed, and the record: one repository, or all.", Upkeep.Backup, alwaysWaits: false),
        CreateAsking("verify", "Read backup and original of one repository, or of all, in full, and wait for what is found.", Upkeep.Verification, alwaysWaits: true),
    };

    /// <summary><c>drill</c>.</summary>
    public static Command CreateDrill()
    {
        var name = new Argument<string>("name") { Description = "The repository." };
        var command = new Command("drill", "Rehearse a restore: bring the backup back into a scratch place, time it, read it in full, and throw it away.") { name };
        command.SetAction((arguments, cancellationToken) => AskAsync(
            arguments.GetValue(CommandLine.Data), Upkeep.Rehearsal, arguments.GetRequiredValue(name), waits: true, cancellationToken));
        return command;
    }

    private static Command CreateList()
    {
        var name = new Argument<string?>("name") { Description = "The repository, by its present or last name; left out: every one.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("list", "List what backups there are, also of deleted repositories, in columns separated by tabs.") { name };
        command.SetAction((arguments, cancellationToken) => PortalCommand.RunAsync(
            arguments.GetValue(CommandLine.Data),
            async (services, cancel) => (await services.GetRequiredService<ListBackups>().ExecuteAsync(arguments.GetValue(name), Actor.Operator, cancel)).Succeeded(out var backups, out var refusal)
                ? Table(backups)
                : refusal,
            cancellationToken));
        return command;
    }

    private static string Table(IReadOnlyList<ListedBackup> backups)
    {
        var text = new StringBuilder("REPOSITORY\tSTATE\tREVISION\tAT\tVERIFIED-AT\tBYTES\tKEPT-UNTIL\tID").AppendLine();
        foreach (var backup in backups)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"{backup.Repository}\t{Spelling.Of(backup.State)}\t{Number(backup.Revision)}\t{Time(backup.At)}\t{Time(backup.VerifiedAt)}\t{Number(backup.SizeBytes)}\t{Time(backup.KeptUntil)}\t{backup.Id}");
        }

        return text.ToString();
    }

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "-";

    private static string Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-";

    private static Command CreateAsking(string verb, string description, Upkeep what, bool alwaysWaits)
    {
        var name = new Argument<string?>("name") { Description = "The repository; left out: every one.", Arity = ArgumentArity.ZeroOrOne };
        var wait = new Option<bool>("--wait") { Description = "Return when it is done." };
        var command = new Command(verb, description) { name };
        if (!alwaysWaits)
            command.Add(wait);
        command.SetAction((arguments, cancellationToken) => AskAsync(
            arguments.GetValue(CommandLine.Data), what, arguments.GetValue(name), alwaysWaits || arguments.GetValue(wait), cancellationToken));
        return command;
    }

    private static Task<int> AskAsync(string? data, Upkeep what, string? name, bool waits, CancellationToken cancellationToken) => PortalCommand.RunAsync(
        data,
        async (services, cancel) =>
        {
            if (!RunningServer.IsThere(services.GetRequiredService<DataDirectory>()))
                return RunningServer.Refusal;
            var upkeep = services.GetRequiredService<AskForUpkeep>();
            var asked = await upkeep.ExecuteAsync(what, name, Actor.Operator, cancel);
            if (!asked.Succeeded(out var request, out var refusal))
                return refusal;
            return waits ? await WaitAsync(upkeep, request, cancel) : $"Asked for.{Environment.NewLine}";
        },
        cancellationToken);

    private static async Task<Outcome<string>> WaitAsync(AskForUpkeep upkeep, UpkeepRequest request, CancellationToken cancellationToken)
    {
        while (await upkeep.CountOpenAsync(request, cancellationToken) > 0)
            await Task.Delay(Look, cancellationToken);
        var failures = await upkeep.FindFailuresAsync(request, cancellationToken);
        if (failures.Count > 0)
            return new Refusal(RefusalKind.Conflict, string.Join(Environment.NewLine, failures));
        var (count, verb) = (await upkeep.CountAsync(request, cancellationToken), request.What switch { Upkeep.Backup => "backed up", Upkeep.Verification => "verified", _ => "rehearsed" });
        return string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "repository is" : "repositories are")} {verb}.{Environment.NewLine}");
    }
}
