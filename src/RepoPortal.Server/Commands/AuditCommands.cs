using System.CommandLine;
using System.Globalization;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Outcomes;

namespace RepoPortal.Server.Commands;

/// <summary><c>audit</c>: who did what.</summary>
internal static class AuditCommands
{
    public static Command Create() => new("audit", "Who did what.") { CreateVerify() };

    private static Command CreateVerify()
    {
        var command = new Command("verify", "Check that no entry was altered, taken out or put in between: works out every hash anew.");
        command.SetAction((arguments, cancellationToken) => PortalCommand.RunAsync(
            arguments.GetValue(CommandLine.Data),
            async (services, cancel) => Say(await services.GetRequiredService<VerifyAudit>().ExecuteAsync(cancel)),
            cancellationToken));
        return command;
    }

    private static Outcome<string> Say(AuditVerdict verdict) => verdict switch
    {
        { BrokenAt: { } entry } => new Refusal(
            RefusalKind.Conflict, string.Create(CultureInfo.InvariantCulture, $"The audit is broken at entry {entry}: {verdict.Reason}. The {verdict.Entries} entries before it are whole.")),
        _ => string.Create(
            CultureInfo.InvariantCulture, $"{verdict.Entries} entries, all whole.{Environment.NewLine}The last one's hash, to be kept elsewhere: {verdict.Head}{Environment.NewLine}"),
    };
}
