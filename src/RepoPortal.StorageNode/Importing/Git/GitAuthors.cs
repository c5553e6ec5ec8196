using System.Collections.Immutable;

namespace RepoPortal.StorageNode.Importing.Git;

/// <summary>What git's authors are called in Subversion.</summary>
internal static class GitAuthors
{
    /// <summary>The user whom the map names for them, by all of "Name &lt;address&gt;", by the address, or by the name; otherwise what their address has before the '@', or their name.</summary>
    public static string NameOf(ImmutableDictionary<string, string> users, string author)
    {
        var person = GitPerson.Parse(author);
        foreach (var key in (string[])[author, person.Address, person.Name])
        {
            if (users.TryGetValue(key, out var user))
                return user;
        }

        var local = person.Address.Split('@')[0];
        return local.Length > 0 ? local : person.Name.Length > 0 ? person.Name : "unknown";
    }
}
