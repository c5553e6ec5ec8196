using System.Collections.Immutable;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.Search;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Reading;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Searching;

/// <summary>Reads the messages of revisions.</summary>
internal sealed class ReadMessages(ReadCopy read, SvnLookClient look)
{
    // A few long messages are as much as many short ones.
    private const int MostCharacters = 1 << 20;

    /// <summary>Up to <paramref name="limit"/> from revision <paramref name="first"/> upwards; revision 0 has none.</summary>
    /// <exception cref="StorageException">The copy is not there, or cannot be read.</exception>
    public ImmutableArray<RevisionMessage> Run(RepositoryCopy copy, long first, int limit, CancellationToken cancellationToken) => read.Run(copy, directory =>
    {
        var youngest = look.GetYoungest(directory);
        var messages = ImmutableArray.CreateBuilder<RevisionMessage>();
        var characters = 0;
        for (var revision = Math.Max(first, 1); revision <= youngest && messages.Count < limit && characters < MostCharacters; revision++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var text = look.GetRevisionProperties(new SvnLookOrigin(directory, revision)).GetValueOrDefault("svn:log")?.StringValue ?? "";
            messages.Add(new RevisionMessage(revision, text[..Math.Min(text.Length, RevisionMessage.MostCharacters)]));
            characters += text.Length;
        }

        return messages.ToImmutable();
    });
}
