using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using RepoPortal.Contracts.Access;

namespace RepoPortal.Portal.Record;

/// <summary>How value types are stored: names as text, ids as the database's own UUID, digests as 32 bytes.</summary>
internal static class RecordValues
{
    internal static void Configure(ModelConfigurationBuilder builder)
    {
        builder.Properties<RepositoryId>().HaveConversion<RepositoryIdConverter>();
        builder.Properties<RepositoryName>().HaveConversion<RepositoryNameConverter>().HaveMaxLength(RepositoryName.MaxLength);
        builder.Properties<UserName>().HaveConversion<UserNameConverter>().HaveMaxLength(UserName.MaxLength);
        builder.Properties<GroupName>().HaveConversion<GroupNameConverter>().HaveMaxLength(GroupName.MaxLength);
        builder.Properties<TokenDigest>().HaveConversion<TokenDigestConverter>();

        // A function's arguments belong to no property, so their conversion is said once more.
        builder.DefaultTypeMapping<RepositoryName>(mapping => mapping.HasConversion<RepositoryNameConverter>());
    }

    private sealed class RepositoryIdConverter() : ValueConverter<RepositoryId, Guid>(id => id.Value, value => new RepositoryId(value));

    private sealed class RepositoryNameConverter() : ValueConverter<RepositoryName, string>(name => name.Value, text => RepositoryName.Parse(text));

    private sealed class UserNameConverter() : ValueConverter<UserName, string>(name => name.Value, text => UserName.Parse(text));

    private sealed class GroupNameConverter() : ValueConverter<GroupName, string>(name => name.Value, text => GroupName.Parse(text));

    private sealed class TokenDigestConverter() : ValueConverter<TokenDigest, byte[]>(digest => digest.ToBytes(), bytes => TokenDigest.FromBytes(bytes));
}
