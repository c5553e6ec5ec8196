using System.CommandLine;
using System.Globalization;
using System.Text;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People;
using RepoPortal.Portal.Tiers;
using RepoPortal.Portal.Tiers.Requests;
using Format = RepoPortal.Portal.Shell.Format;

namespace RepoPortal.Server.Commands;

/// <summary><c>tier list</c>, and <c>repository tier</c>.</summary>
internal static class TierCommands
{
    /// <summary><c>tier</c>.</summary>
    public static Command Create() => new("tier", "Tiers, which administrators edit on their page.") { CreateList() };

    /// <summary><c>repository tier</c>.</summary>
    public static Command CreateChange()
    {
        var tier = new Argument<string>("tier") { Description = "The tier's id, as 'tier list' prints it." };
        return LifeCommands.Create("tier", "Put a repository on another tier.", [tier], async (services, arguments, name, cancel) =>
            LifeCommands.Say(
                await services.GetRequiredService<RequestTier>().ExecuteAsync(name, arguments.GetRequiredValue(tier), reason: null, Actor.Operator, cancel),
                moved => $"{name} is on the tier {moved.ToName} now."));
    }

    private static Command CreateList()
    {
        var command = new Command("list", "List every tier, the weakest promise first, in columns separated by tabs.");
        command.SetAction((arguments, cancellationToken) => PortalCommand.RunAsync(
            arguments.GetValue(CommandLine.Data), (services, cancel) => ListAsync(services.GetRequiredService<ListTiers>(), cancel), cancellationToken));
        return command;
    }

    private static async Task<Outcome<string>> ListAsync(ListTiers list, CancellationToken cancellationToken)
    {
        var text = new StringBuilder("TIER\tNAME\tAT-RISK\tBACK-WITHIN\tBACKUP-EVERY\tREPOSITORIES").AppendLine();
        foreach (var (tier, count) in await list.CountAsync(cancellationToken))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{tier.Id}\t{tier.Name}\t{Words(tier.RecoveryPointSeconds)}\t{Words(tier.RecoveryTimeSeconds)}\t{Words(tier.BackupIntervalSeconds)}\t{count}");
        }

        return text.ToString();
    }

    private static string Words(long seconds) => Format.Span(TimeSpan.FromSeconds(seconds));
}
