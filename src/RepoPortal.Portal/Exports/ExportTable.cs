using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.Exports;

internal sealed class ExportTable : IEntityTypeConfiguration<Export>
{
    public void Configure(EntityTypeBuilder<Export> table)
    {
        // The rows go with their repository, and the files then go without their rows.
        table.ToTable("Exports");
        table.Property(export => export.Id).ValueGeneratedNever();
        table.HasOne<Repository>().WithMany().HasForeignKey(export => export.RepositoryId);
        table.HasIndex(export => export.Key).IsUnique();
        table.HasIndex(export => export.KeptUntil);
    }
}
