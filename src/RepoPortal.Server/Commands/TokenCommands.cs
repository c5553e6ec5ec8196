using System.CommandLine;
using RepoPortal.Contracts.People;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People;
using RepoPortal.Portal.People.Tokens;

namespace RepoPortal.Server.Commands;

/// <summary><c>token</c>: access tokens for svn clients and the API.</summary>
internal static class TokenCommands
{
    public static Command Create() => new("token", "Access tokens.") { CreateCreate() };

    private static Command CreateCreate()
    {
        var name = new Argument<string>("name") { Description = "Whose token it is: a user name." };
        var readOnly = new Option<bool>("--read-only") { Description = "The token may only read." };
        var days = new Option<int?>("--days") { Description = "How long it lives (default: 365).", HelpName = "N" };
        var command = new Command("create", "Make a token and print it, alone.") { name, readOnly, days };
        command.SetAction((arguments, cancellationToken) => PortalCommand.RunAsync(
            arguments.GetValue(CommandLine.Data),
            async (services, cancel) =>
            {
                if (!UserName.TryParse(arguments.GetRequiredValue(name), out var owner, out var sentence))
                    return new Refusal(RefusalKind.Invalid, sentence);
                var request = new NewToken("command line", arguments.GetValue(readOnly), arguments.GetValue(days));
                var outcome = await services.GetRequiredService<CreateToken>().ExecuteAsync(owner, request, Actor.Operator, cancel);
                return outcome.Succeeded(out var token, out var refusal) ? token.Secret + Environment.NewLine : refusal;
            },
            cancellationToken));
        return command;
    }
}
