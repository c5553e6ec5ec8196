using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RepoPortal.Portal.Tasks;

internal sealed class TaskTable : IEntityTypeConfiguration<PortalTask>
{
    public void Configure(EntityTypeBuilder<PortalTask> table)
    {
        // No foreign key: what was done outlives the repository it was done to.
        table.ToTable("Tasks");
        table.HasIndex(task => task.Key).IsUnique();
        table.HasIndex(task => new { task.State, task.DueAt });
        table.HasIndex(task => new { task.RepositoryId, task.RequestedAt });
        table.Property(task => task.State).IsConcurrencyToken();
    }
}
