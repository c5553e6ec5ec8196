using System.Diagnostics.CodeAnalysis;

namespace RepoPortal.Gateway.Decisions;

/// <summary>The portal could not say who may do what.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "There is always a cause.")]
internal sealed class PortalUnavailableException(Exception cause) : Exception("the portal did not answer", cause);
