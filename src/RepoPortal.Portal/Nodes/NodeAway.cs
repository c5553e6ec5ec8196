using Orleans.Runtime;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Portal.Nodes;

/// <summary>Recognises that a storage node could not be reached, or could not read or write its disk: nothing is wrong with the request, and later it may succeed.</summary>
internal static class NodeAway
{
    /// <summary>What is said to whoever reads a page.</summary>
    internal const string Sentence = "The machine that holds this repository does not answer at the moment. Load the page again in a minute.";

    /// <summary>True when the exception says so.</summary>
    internal static bool IsNodeAway(this Exception exception) => exception is StorageException or OrleansException or TimeoutException;
}
