using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RepoPortal.Portal.Repositories.History.Messages;

internal sealed class CorrectedMessageTable : IEntityTypeConfiguration<CorrectedMessage>
{
    public void Configure(EntityTypeBuilder<CorrectedMessage> table)
    {
        // A person may go; what they corrected stays, under their name.
        table.ToTable("CorrectedMessages");
        table.Property(correction => correction.Id).ValueGeneratedNever();
        table.Property(correction => correction.EffectiveAt).IsConcurrencyToken();
        table.HasIndex(correction => new { correction.RepositoryId, correction.Revision });
        table.HasOne<Repository>().WithMany().HasForeignKey(correction => correction.RepositoryId);
    }
}
