using System.CommandLine;
using System.Globalization;
using System.Text;
using RepoPortal.Portal.Inventory;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People;

namespace RepoPortal.Server.Commands;

/// <summary><c>repository</c>: the inventory, what is brought into it and taken away, and each repository's life.</summary>
internal static class RepositoryCommands
{
    public static Command Create() => new("repository", "Repositories.")
    {
        CreateList(),
        ImportCommand.Create(),
        ImportCommand.CreateAdopt(),
        ExportCommand.Create(),
        LifeCommands.CreateRename(),
        LifeCommands.CreateArchive(),
        LifeCommands.CreateUnarchive(),
        LifeCommands.CreateDelete(),
        LifeCommands.CreateUndelete(),
        LifeCommands.CreateTransfer(),
        TierCommands.CreateChange(),
    };

    private static Command CreateList()
    {
        var command = new Command("list", "List every repository, by name, in columns separated by tabs.");
        command.SetAction((arguments, cancellationToken) => PortalCommand.RunAsync(
            arguments.GetValue(CommandLine.Data),
            (services, cancel) => ListAsync(services.GetRequiredService<ListInventory>(), cancel),
            cancellationToken));
        return command;
    }

    private static async Task<Outcome<string>> ListAsync(ListInventory inventory, CancellationToken cancellationToken)
    {
        var text = new StringBuilder("NAME\tSTATE\tTIER\tVISIBILITY\tOWNERS\tNODE\tREVISION\tBYTES").AppendLine();
        string? cursor = null;
        do
        {
            var outcome = await inventory.ExecuteAsync(new InventoryRequest(new InventoryFilter(), Limit: 200, Cursor: cursor), Actor.Operator, cancellationToken);
            if (!outcome.Succeeded(out var page, out var refusal))
                return refusal;
            foreach (var row in page.Rows)
                text.AppendLine(Line(row));
            cursor = page.Next;
        }
        while (cursor is not null);
        return text.ToString();
    }

    private static string Line(InventoryRow row) => string.Create(
        CultureInfo.InvariantCulture,
        $"{row.Name}\t{Spelling.Of(row.State)}\t{row.Tier}\t{Spelling.Of(row.Visibility)}\t{string.Join(',', row.Owners)}\t{row.Node ?? "-"}\t{row.Youngest}\t{row.SizeBytes}");
}
