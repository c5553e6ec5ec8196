using System.CommandLine;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People;
using RepoPortal.Portal.Policy;

namespace RepoPortal.Server.Commands;

/// <summary><c>policy</c>: the way back in when a policy keeps the administrators out.</summary>
internal static class PolicyCommands
{
    public static Command Create() => new("policy", "What administrators decided about people.") { CreateLocalAccounts() };

    private static Command CreateLocalAccounts()
    {
        var who = new Argument<string>("who") { Description = $"{string.Join(", ", Spelling.All<LocalAccounts>())}." };
        var command = new Command("local-accounts", "Say who may sign in with a password or passkey of this site.") { who };
        command.SetAction((arguments, cancellationToken) => PortalCommand.RunAsync(
            arguments.GetValue(CommandLine.Data),
            (services, cancel) => SetAsync(services.GetRequiredService<ChangePolicy>(), arguments.GetRequiredValue(who), cancel),
            cancellationToken));
        return command;
    }

    private static async Task<Outcome<string>> SetAsync(ChangePolicy change, string who, CancellationToken cancellationToken)
    {
        if (!Spelling.TryParse<LocalAccounts>(who, out var wanted))
            return new Refusal(RefusalKind.Invalid, Spelling.Refuse<LocalAccounts>(who), "who");
        if (!(await change.ViewAsync(Actor.Operator, cancellationToken)).Succeeded(out var policy, out var refusal))
            return refusal;
        var changed = await change.ExecuteAsync(policy with { LocalAccounts = wanted }, Actor.Operator, cancellationToken);
        return changed.Refusal is { } no ? no : $"Local accounts: {who}.{Environment.NewLine}";
    }
}
