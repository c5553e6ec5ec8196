using RepoPortal.Contracts.Access;
using RepoPortal.Gateway.Refusals;

namespace RepoPortal.Gateway.Authentication;

/// <summary>Who is asking: somebody, nobody in particular (both null), or somebody who is refused.</summary>
internal readonly record struct Caller(TokenHolder? Holder, Refusal? Refusal);
