using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Gateway.Claims;

/// <summary>Something hidden that a client claims to have, if it was there.</summary>
/// <param name="Source">What it would have.</param>
/// <param name="IfFile">True when only a file counts, because the client goes no deeper.</param>
internal readonly record struct Suspect(PathAtRevision Source, bool IfFile);
