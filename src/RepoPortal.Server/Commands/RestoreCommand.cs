using System.CommandLine;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People;
using RepoPortal.Portal.Restores;

namespace RepoPortal.Server.Commands;

/// <summary><c>restore</c>: one repository beside itself, with the server running; or a whole machine, from a directory of backups into an empty data directory.</summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var name = new Argument<string?>("name") { Description = "The repository that is restored from its backup.", Arity = ArgumentArity.ZeroOrOne };
        var revision = new Option<long?>("--revision") { Description = "The revision to end with (default: the youngest).", HelpName = "N" };
        var at = new Option<string?>("--at") { Description = "In place of a revision: the time, in UTC, whose youngest revision it is to end with, as in 2030-12-31T18:00.", HelpName = "TIME" };
        var newName = new Option<string?>("--as") { Description = "The name of the new repository.", HelpName = "NEW" };
        var from = new Option<string?>("--from") { Description = "A directory of backups: restores everything in it into the data directory, which has to be empty.", HelpName = "BACKUP" };
        var command = new Command("restore", "Bring a repository back as a new one beside it, or a whole machine.") { name, revision, at, newName, from };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            arguments.GetValue(CommandLine.Data), arguments.GetValue(name), new Wanted(arguments.GetValue(revision), arguments.GetValue(at)), arguments.GetValue(newName), arguments.GetValue(from), cancellationToken));
        return command;
    }

    private static Task<int> RunAsync(string? data, string? name, Wanted wanted, string? newName, string? from, CancellationToken cancellationToken) => (name, newName, from) switch
    {
        (null, null, { } backups) when wanted is { Revision: null, At: null } => RestoreMachine.RunAsync(data, backups, cancellationToken),
        ({ } source, { } target, null) => PortalCommand.RunAsync(data, (services, cancel) => RestoreAsync(services, source, wanted, target, cancel), cancellationToken),
        _ => RefuseAsync(),
    };

    private static async Task<int> RefuseAsync()
    {
        await Console.Error.WriteLineAsync("Say either 'restore NAME --as NEW [--revision N | --at TIME]' or 'restore --from BACKUP --data DIR'.");
        return ExitCode.Refused;
    }

    private static async Task<Outcome<string>> RestoreAsync(IServiceProvider services, string name, Wanted wanted, string newName, CancellationToken cancellationToken)
    {
        DateTimeOffset? at = null;
        if (wanted.At is not null)
        {
            if (!RestoreTime.Read(wanted.At, services.GetRequiredService<TimeProvider>().GetUtcNow()).Succeeded(out var moment, out var refusal))
                return refusal;
            at = moment;
        }

        return await FollowTask.RunAsync(
            services,
            () => services.GetRequiredService<RestoreBeside>().ExecuteAsync(name, new RestorePoint(wanted.Revision, at), newName, Actor.Operator, cancellationToken),
            cancellationToken);
    }

    private sealed record Wanted(long? Revision, string? At);
}
