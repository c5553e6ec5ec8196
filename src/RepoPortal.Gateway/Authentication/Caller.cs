using RepoPortal.Contracts.Access;
using RepoPortal.Gateway.Refusals;

namespace RepoPortal.Gateway.Authentication;

/// <summary>Who is asking: somebody, nobody in particular (no holder and no refusal), or somebody who is refused.</summary>
/// <param name="Holder">Whom the token stands for; null without credentials.</param>
/// <param name="Token">The token, when there is a holder.</param>
/// <param name="Refusal">Why they are refused; null otherwise.</param>
internal readonly record struct Caller(TokenHolder? Holder, TokenDigest Token, Refusal? Refusal);
