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
        var newName = new Option<string?>("--as") { Description = "The name of the new repository.", HelpName = "NEW" };
        var from = new Option<string?>("--from") { Description = "A directory of backups: restores everything in it into the data directory, which has to be empty.", HelpName = "BACKUP" };
        var command = new Command("restore", "Bring a repository back as a new one beside it, or a whole machine.") { name, revision, newName, from };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            arguments.GetValue(CommandLine.Data), arguments.GetValue(name), arguments.GetValue(revision), arguments.GetValue(newName), arguments.GetValue(from), cancellationToken));
        return command;
    }

    private static Task<int> RunAsync(string? data, string? name, long? revision, string? newName, string? from, CancellationToken cancellationToken) => (name, newName, from) switch
    {
        (null, null, { } backups) when revision is null => RestoreMachine.RunAsync(data, backups, cancellationToken),
        ({ } source, { } target, null) => PortalCommand.RunAsync(data, (services, cancel) => RestoreAsync(services, source, revision, target, cancel), cancellationToken),
        _ => RefuseAsync(),
    };

    private static async Task<int> RefuseAsync()
    {
        await Console.Error.WriteLineAsync("Say either 'restore NAME --as NEW [--revision N]' or 'restore --from BACKUP --data DIR'.");
        return ExitCode.Refused;
    }

    private static Task<Outcome<string>> RestoreAsync(IServiceProvider services, string name, long? revision, string newName, CancellationToken cancellationToken) =>
        FollowTask.RunAsync(
            services,
            () => services.GetRequiredService<RestoreBeside>().ExecuteAsync(name, new RestorePoint(revision, At: null), newName, Actor.Operator, cancellationToken),
            cancellationToken);
}
