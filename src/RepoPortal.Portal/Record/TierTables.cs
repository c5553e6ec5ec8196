using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Tiers.Drift;
using RepoPortal.Portal.Tiers.Requests;

namespace RepoPortal.Portal.Record;

internal sealed class TierRequestTable : IEntityTypeConfiguration<TierRequest>
{
    public void Configure(EntityTypeBuilder<TierRequest> table)
    {
        table.ToTable("TierRequests");
        table.Property(request => request.Id).ValueGeneratedNever();
        table.Property(request => request.State).IsConcurrencyToken();
        table.HasIndex(request => new { request.RepositoryId, request.AskedAt });
        table.HasIndex(request => new { request.State, request.AskedAt });
        table.HasIndex(request => request.RepositoryId).HasFilter($"\"State\" = {(int)TierRequestState.Open}").HasDatabaseName("OneOpenTierRequest").IsUnique();
        table.HasOne(request => request.Repository).WithMany().HasForeignKey(request => request.RepositoryId);
    }
}

internal sealed class DriftProposalTable : IEntityTypeConfiguration<DriftProposal>
{
    public void Configure(EntityTypeBuilder<DriftProposal> table)
    {
        table.ToTable("DriftProposals");
        table.Property(proposal => proposal.Id).ValueGeneratedNever();
        table.Property(proposal => proposal.State).IsConcurrencyToken();
        table.ComplexProperty(proposal => proposal.Measured);
        table.HasIndex(proposal => new { proposal.RepositoryId, proposal.FoundAt });
        table.HasIndex(proposal => new { proposal.State, proposal.FoundAt });
        table.HasIndex(proposal => proposal.RepositoryId)
            .HasFilter($"\"State\" IN ({(int)DriftState.Open}, {(int)DriftState.Postponed})").HasDatabaseName("OneOpenProposal").IsUnique();
        table.HasOne(proposal => proposal.Repository).WithMany().HasForeignKey(proposal => proposal.RepositoryId);
    }
}

internal sealed class RoundTable : IEntityTypeConfiguration<Round>
{
    public void Configure(EntityTypeBuilder<Round> table)
    {
        table.ToTable("Rounds");
        table.HasKey(round => round.Name);
        table.HasData(new Round { Name = DriftRounds.Name, BegunAt = DateTimeOffset.UnixEpoch, EndedAt = DateTimeOffset.UnixEpoch });
    }
}
