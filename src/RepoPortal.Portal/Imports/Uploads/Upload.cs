using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RepoPortal.Portal.Imports.Uploads;

/// <summary>A file that somebody sends piece by piece, to be imported. How much of it is there is known where it lies.</summary>
internal sealed class Upload
{
    /// <summary>Its row, and its name at the storage node.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose it is: nobody else sees it.</summary>
    public required Guid OwnerId { get; init; }

    /// <summary>The storage node that keeps it.</summary>
    public required string NodeName { get; init; }

    /// <summary>How long it is when it is complete, in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>When something was last added to it.</summary>
    public required DateTimeOffset TouchedAt { get; set; }
}

internal sealed class UploadTable : IEntityTypeConfiguration<Upload>
{
    public void Configure(EntityTypeBuilder<Upload> table)
    {
        table.ToTable("Uploads");
        table.HasIndex(upload => upload.OwnerId);
        table.HasIndex(upload => upload.TouchedAt);
        table.HasOne<User>().WithMany().HasForeignKey(upload => upload.OwnerId);
    }
}
