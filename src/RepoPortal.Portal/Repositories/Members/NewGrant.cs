using System.Diagnostics.CodeAnalysis;
using RepoPortal.Contracts.Access;

namespace RepoPortal.Portal.Repositories.Members;

/// <summary>What a person or a group is to be given.</summary>
/// <param name="Access">Read, write or owner.</param>
/// <param name="EndsAt">When it ends, in UTC and in the future; null for no end.</param>
public readonly record struct NewGrant(AccessLevel Access, DateTimeOffset? EndsAt = null)
{
    /// <summary>An access without an end.</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "Nobody calls the conversion by name.")]
    public static implicit operator NewGrant(AccessLevel access) => new(access);

    internal Refusal? Refuse(DateTimeOffset now) => this switch
    {
        { Access: AccessLevel.None } => Refusal.Invalid("access", "'none' is not an access somebody can be given; remove it instead."),
        { EndsAt: { } end } when end <= now => Refusal.Invalid("endsAt", "The end lies in the past; choose a date to come."),
        _ => null,
    };
}
