using RepoPortal.Contracts.Access;
using RepoPortal.Portal.People.Groups;

namespace RepoPortal.Portal.Repositories.Members;

/// <summary>Whose requests in flight are cut when a grant is lowered or taken, whatever else lets them in.</summary>
internal static class Losses
{
    internal static AccessLoss Of(User person) => Of(person.Name);

    internal static AccessLoss Of(Group group) => Of([.. group.Members.Select(member => member.User.Name)]);

    internal static AccessLoss Of(params UserName[] people) => new(Anyone: false, SignedIn: false, [.. people], []);
}
