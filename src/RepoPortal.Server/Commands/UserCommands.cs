using System.CommandLine;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People;
using RepoPortal.Portal.People.Add;
using RepoPortal.Portal.People.Administer;
using RepoPortal.Portal.People.Passwords;
using RepoPortal.Portal.People.Providers;

namespace RepoPortal.Server.Commands;

/// <summary><c>user</c>: people.</summary>
internal static class UserCommands
{
    public static Command Create() => new("user", "People.")
    {
        CreateAdd(),
        CreateStatus("suspend", "Refuse somebody's sessions and tokens from now on; what they have access to stays.", (suspend, name, cancel) => suspend.SuspendAsync(name, Actor.Operator, cancel)),
        CreateStatus("resume", "Let somebody back in, with the access they had.", (suspend, name, cancel) => suspend.ResumeAsync(name, Actor.Operator, cancel)),
        CreateResetPassword(),
        CreateForgetProvider(),
    };

    private static Command CreateAdd()
    {
        var name = new Argument<string>("name") { Description = "The user name: lower-case letters, digits, '-', '_' and '.'." };
        var email = new Option<string>("--email") { Description = "The e-mail address.", Required = true, HelpName = "E" };
        var displayName = new Option<string?>("--display-name") { Description = "The name people are shown (default: the user name).", HelpName = "D" };
        var administrator = new Option<bool>("--admin") { Description = "May administer the installation." };
        var external = new Option<bool>("--external") { Description = "An outside collaborator, who creates no repositories." };
        var passwordStdin = new Option<bool>("--password-stdin") { Description = "Read the password from standard input; otherwise a link to choose one is printed." };
        var command = new Command("add", "Add a person.") { name, email, displayName, administrator, external, passwordStdin };
        command.SetAction((arguments, cancellationToken) => PortalCommand.RunAsync(
            arguments.GetValue(CommandLine.Data),
            async (services, cancel) =>
            {
                var account = new NewAccount(
                    arguments.GetRequiredValue(name),
                    arguments.GetRequiredValue(email),
                    arguments.GetValue(displayName),
                    arguments.GetValue(passwordStdin) ? await Console.In.ReadLineAsync(cancel) ?? "" : null,
                    arguments.GetValue(external) ? UserKind.External : UserKind.Internal,
                    arguments.GetValue(administrator));
                var outcome = await services.GetRequiredService<AddUser>().ExecuteAsync(account, Actor.Operator, cancel);
                return outcome.Succeeded(out var added, out var refusal) ? Say(added) : refusal;
            },
            cancellationToken));
        return command;
    }

    private static Command CreateStatus(
        string verb, string description, Func<SuspendUser, string, CancellationToken, Task<Outcome<PersonView>>> change)
    {
        var name = new Argument<string>("name") { Description = "The user name." };
        var command = new Command(verb, description) { name };
        command.SetAction((arguments, cancellationToken) => PortalCommand.RunAsync(
            arguments.GetValue(CommandLine.Data),
            async (services, cancel) =>
            {
                var outcome = await change(services.GetRequiredService<SuspendUser>(), arguments.GetRequiredValue(name), cancel);
                return outcome.Succeeded(out var person, out var refusal)
                    ? $"{person.Name} is {(person.Status == UserStatus.Suspended ? "suspended" : "active")}.{Environment.NewLine}"
                    : refusal;
            },
            cancellationToken));
        return command;
    }

    private static Command CreateResetPassword()
    {
        var name = new Argument<string>("name") { Description = "The user name." };
        var secondFactor = new Option<bool>("--remove-second-factor") { Description = "Also take their authenticator app and passkeys away, because they are lost." };
        var command = new Command("reset-password", "Print a link by which somebody chooses a new password, once, within three days.") { name, secondFactor };
        command.SetAction((arguments, cancellationToken) => PortalCommand.RunAsync(
            arguments.GetValue(CommandLine.Data),
            async (services, cancel) =>
            {
                var outcome = await services.GetRequiredService<IssuePasswordLink>()
                    .ExecuteAsync(arguments.GetRequiredValue(name), arguments.GetValue(secondFactor), Actor.Operator, cancel);
                return outcome.Succeeded(out var link, out var refusal) ? $"{link}{Environment.NewLine}" : refusal;
            },
            cancellationToken));
        return command;
    }

    private static Command CreateForgetProvider()
    {
        var name = new Argument<string>("name") { Description = "The user name." };
        var provider = new Argument<string>("provider") { Description = "The provider's key in the configuration, such as entra." };
        var command = new Command("forget-provider", "Take a sign-in provider off somebody's account; lets them in again when it was what kept them out.") { name, provider };
        command.SetAction((arguments, cancellationToken) => PortalCommand.RunAsync(
            arguments.GetValue(CommandLine.Data),
            async (services, cancel) =>
            {
                var (user, key) = (arguments.GetRequiredValue(name), arguments.GetRequiredValue(provider));
                var outcome = await services.GetRequiredService<RemoveIdentity>().ExecuteAsync(user, key, present: null, Actor.Operator, cancel);
                return outcome.Refusal is { } refusal ? refusal : $"{user} does not sign in through '{key}' any more.{Environment.NewLine}";
            },
            cancellationToken));
        return command;
    }

    private static Outcome<string> Say(AddedUser added) => added.SetPasswordUrl is { } link
        ? $"Added {added.Person.Name}. To choose a password, within three days: {link}{Environment.NewLine}"
        : $"Added {added.Person.Name}.{Environment.NewLine}";
}
