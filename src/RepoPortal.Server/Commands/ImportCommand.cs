using System.Collections.Immutable;
using System.CommandLine;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Imports;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People;
using RepoPortal.Portal.Repositories.Create;

namespace RepoPortal.Server.Commands;

/// <summary><c>repository import</c>: makes a repository with the history of another one. The running server does it; the command waits. Run again after a failure, it goes on.</summary>
internal static class ImportCommand
{
    private static readonly Argument<string> Name = new("name") { Description = "The new repository's name." };
    private static readonly Option<string?> Dump = new("--dump") { Description = "A dump, plain or compressed with gzip or zstd, that the server's user may read.", HelpName = "FILE" };
    private static readonly Option<string?> Url = new("--url") { Description = "The address of a repository's root on another server that asks for no password.", HelpName = "URL" };
    private static readonly Option<string?> Git = new("--git") { Description = "A git repository on this machine, that the server's user may read: its branches and tags become Subversion's.", HelpName = "DIR" };
    private static readonly Option<string?> Authors = new("--authors") { Description = "A file with lines 'author = user'; an author of git's is named by address or by name.", HelpName = "FILE" };
    private static readonly Option<string?> Owner = new("--owner") { Description = "Who owns it (default: the first administrator).", HelpName = "USER" };
    private static readonly Option<string?> Tier = new("--tier") { Description = "Its tier (default: standard).", HelpName = "TIER" };
    private static readonly Option<bool> Keep = new("--keep") { Description = "After a failure: serve what is whole, without the rest." };

    private static readonly Option<bool> Stop = new("--stop") { Description = "Stop the import that is going on; what is whole is kept." };

    public static Command Create()
    {
        var command = new Command("import", "Make a repository with the history of another one, or go on with an import that failed.") { Name, Dump, Url, Git, Authors, Owner, Tier, Keep, Stop };
        command.SetAction((arguments, cancellationToken) => PortalCommand.RunAsync(
            arguments.GetValue(CommandLine.Data),
            async (services, cancel) =>
            {
                if (arguments.GetValue(Stop))
                    return await StopAsync(services, arguments.GetRequiredValue(Name), cancel);
                return (await ParseAsync(arguments, cancel)).Succeeded(out var wanted, out var refusal)
                    ? await FollowTask.RunAsync(services, () => AskAsync(services, arguments, wanted, cancel), cancel)
                    : refusal;
            },
            cancellationToken));
        return command;
    }

    /// <summary><c>repository adopt</c>: takes a repository on this machine over in place of a copy.</summary>
    public static Command CreateAdopt()
    {
        var path = new Argument<string>("path") { Description = "The repository's directory, on the file system of the data directory. Stop the server that serves it first." };
        var command = new Command("adopt", "Take a repository on this machine over in place of a copy: it is verified and moved.") { path, Name, Owner, Tier };
        command.SetAction((arguments, cancellationToken) => PortalCommand.RunAsync(
            arguments.GetValue(CommandLine.Data),
            (services, cancel) => FollowTask.RunAsync(
                services, () => AskAsync(services, arguments, new Wanted(new NewSource(Directory: CalledFrom.FullPath(arguments.GetRequiredValue(path)).TrimEnd('/')), null), cancel), cancel),
            cancellationToken));
        return command;
    }

    private static async Task<Outcome<string>> StopAsync(IServiceProvider services, string name, CancellationToken cancellationToken) => LifeCommands.Say(
        await services.GetRequiredService<StopImport>().ExecuteAsync(name, Actor.Operator, cancellationToken),
        _ => $"Stopped. What is whole of {name} is kept: import again to go on, or with --keep to be content with it.");

    private static async Task<Outcome<Wanted>> ParseAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var (dump, url, git) = (arguments.GetValue(Dump), arguments.GetValue(Url), arguments.GetValue(Git));
        if (new[] { dump, url, git }.Count(named => named is not null) > 1)
            return new Refusal(RefusalKind.Invalid, "Name one source: --dump, --url or --git.");
        var source = new NewSource(
            File: dump is null ? null : CalledFrom.FullPath(dump), Git: git is null ? null : CalledFrom.FullPath(git).TrimEnd('/'), Address: url);
        if (arguments.GetValue(Authors) is not { } file)
            return new Wanted(source, null);
        try
        {
            return ParseAuthors.FromLines(await File.ReadAllTextAsync(CalledFrom.FullPath(file), cancellationToken)).Succeeded(out var authors, out var refusal) ? new Wanted(source, authors) : refusal;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Refusal(RefusalKind.Invalid, exception.Message);
        }
    }

    private static async Task<Outcome<Guid>> AskAsync(IServiceProvider services, ParseResult arguments, Wanted wanted, CancellationToken cancellationToken)
    {
        var name = arguments.GetRequiredValue(Name);
        var again = services.GetRequiredService<ContinueImport>();
        if (arguments.GetValue(Keep))
            return await again.KeepAsync(name, Actor.Operator, cancellationToken);
        if (await again.IsThereAsync(name, cancellationToken))
            return await again.ExecuteAsync(name, wanted.Source, wanted.Authors, Actor.Operator, cancellationToken);
        var request = new NewRepository(name, Description: null, arguments.GetValue(Tier) ?? "standard", Visibility.Private, RepositoryLayout.Empty);
        return await services.GetRequiredService<ImportRepository>().ExecuteAsync(
            request, wanted.Source, wanted.Authors ?? ImmutableDictionary<string, string>.Empty, arguments.GetValue(Owner), Actor.Operator, cancellationToken);
    }

    private sealed record Wanted(NewSource Source, ImmutableDictionary<string, string>? Authors);
}
