using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.Backups;

internal sealed class ProtectionTable : IEntityTypeConfiguration<Protection>
{
    public void Configure(EntityTypeBuilder<Protection> table)
    {
        table.ToTable("Protections");
        table.HasKey(protection => protection.RepositoryId);
        table.HasOne<Repository>().WithOne().HasForeignKey<Protection>(protection => protection.RepositoryId);
        table.Property(protection => protection.Version).IsConcurrencyToken();
        table.HasIndex(protection => protection.BackupDueAt);
        table.HasIndex(protection => protection.VerificationDueAt);
        table.HasIndex(protection => protection.OriginalDueAt);
        table.HasIndex(protection => protection.RehearsalDueAt);
        table.HasIndex(protection => new { protection.State, protection.StateSince });
    }
}

internal sealed class RecordBackupTable : IEntityTypeConfiguration<RecordBackup>
{
    public void Configure(EntityTypeBuilder<RecordBackup> table)
    {
        table.ToTable("RecordBackups");
        table.Property(backup => backup.Id).ValueGeneratedNever();
    }
}
