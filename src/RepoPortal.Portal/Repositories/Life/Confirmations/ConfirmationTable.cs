using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RepoPortal.Portal.Repositories.Life.Confirmations;

internal sealed class ConfirmationTable : IEntityTypeConfiguration<Confirmation>
{
    public void Configure(EntityTypeBuilder<Confirmation> table)
    {
        table.ToTable("Confirmations");
        table.HasKey(confirmation => confirmation.RepositoryId);
        table.HasOne<Repository>().WithOne().HasForeignKey<Confirmation>(confirmation => confirmation.RepositoryId);
        table.Property(confirmation => confirmation.Version).IsConcurrencyToken();
        table.HasIndex(confirmation => confirmation.AskedAt);
    }
}
