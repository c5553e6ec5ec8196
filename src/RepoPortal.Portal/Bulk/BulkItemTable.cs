using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Bulk;

internal sealed class BulkItemTable : IEntityTypeConfiguration<BulkItem>
{
    public void Configure(EntityTypeBuilder<BulkItem> table)
    {
        table.ToTable("BulkItems");
        table.HasKey(item => new { item.TaskId, item.Position });
        table.HasIndex(item => new { item.TaskId, item.State, item.Position });
        // Goes when its task is forgotten.
        table.HasOne<PortalTask>().WithMany().HasForeignKey(item => item.TaskId);
    }
}
