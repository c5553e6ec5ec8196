using System.CommandLine;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People;
using RepoPortal.Portal.Repositories.Life;
using Format = RepoPortal.Portal.Shell.Format;

namespace RepoPortal.Server.Commands;

/// <summary><c>repository rename</c> and what else becomes of one. A running server is told within a quarter of a second, and brings the disk there within some more.</summary>
internal static class LifeCommands
{
    public static Command CreateRename()
    {
        var to = new Argument<string>("to") { Description = "The new name; the present one stays as an alias." };
        return Create("rename", "Give a repository another name.", [to], async (services, arguments, name, cancel) =>
            Say(await services.GetRequiredService<RenameRepository>().ExecuteAsync(name, arguments.GetRequiredValue(to), Actor.Operator, cancel), renamed => $"{name} is called {renamed.Name} now."));
    }

    public static Command CreateArchive() => Create("archive", "Make a repository read-only.", [], async (services, _, name, cancel) =>
        Say(await services.GetRequiredService<ArchiveRepository>().ArchiveAsync(name, Actor.Operator, cancel), archived => $"{archived.Name} is archived."));

    public static Command CreateUnarchive() => Create("unarchive", "Take an archived repository back into use.", [], async (services, _, name, cancel) =>
        Say(await services.GetRequiredService<ArchiveRepository>().UnarchiveAsync(name, Actor.Operator, cancel), used => $"{used.Name} is in use."));

    public static Command CreateDelete() => Create("delete", "Put a repository into the trash, where it is kept for its tier's retention.", [], async (services, _, name, cancel) =>
        Say(
            await services.GetRequiredService<DeleteRepository>().ExecuteAsync(name, Actor.Operator, cancel),
            deleted => deleted.GoneAt is { } until ? $"{deleted.Name} is in the trash until {Format.Date(until)}." : $"{deleted.Name} is gone."));

    public static Command CreateUndelete() => Create("undelete", "Take a repository out of the trash, as it was.", [], async (services, _, name, cancel) =>
        Say(await services.GetRequiredService<UndeleteRepository>().ExecuteAsync(name, Actor.Operator, cancel), taken => $"{taken.Name} is back."));

    public static Command CreateTransfer()
    {
        var to = new Argument<string>("to") { Description = "The new owner's user name." };
        var from = new Option<string?>("--from") { Description = "The owner who hands over (default: nobody; there is one owner more).", HelpName = "USER" };
        var leave = new Option<bool>("--leave") { Description = "End that owner's access; otherwise they may still commit." };
        return Create("transfer", "Hand a repository over to another owner.", [to, from, leave], async (services, arguments, name, cancel) =>
            Say(
                await services.GetRequiredService<TransferRepository>()
                    .ExecuteAsync(name, new Transfer(arguments.GetRequiredValue(to), arguments.GetValue(from), arguments.GetValue(leave)), Actor.Operator, cancel),
                owner => $"{owner.User} owns {name} now."));
    }

    /// <summary>A command about one repository.</summary>
    /// <param name="verb">What it is called.</param>
    /// <param name="description">What it does.</param>
    /// <param name="symbols">Its arguments behind the name, and its options.</param>
    /// <param name="run">The use case, by the repository's name.</param>
    internal static Command Create(
        string verb, string description, IEnumerable<Symbol> symbols, Func<IServiceProvider, ParseResult, string, CancellationToken, Task<Outcome<string>>> run)
    {
        var name = new Argument<string>("name") { Description = "The repository." };
        var command = new Command(verb, description) { name };
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
                command.Add(argument);
            else if (symbol is Option option)
                command.Add(option);
        }

        command.SetAction((arguments, cancellationToken) => PortalCommand.RunAsync(
            arguments.GetValue(CommandLine.Data), (services, cancel) => run(services, arguments, arguments.GetRequiredValue(name), cancel), cancellationToken));
        return command;
    }

    /// <summary>The sentence of what was done, or the refusal.</summary>
    internal static Outcome<string> Say<T>(Outcome<T> outcome, Func<T, string> sentence)
        where T : notnull => outcome.Succeeded(out var done, out var refusal) ? sentence(done) + Environment.NewLine : refusal;
}
