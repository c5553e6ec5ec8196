namespace RepoPortal.Server.Hosting;

/// <summary>The data directory cannot be used; the message says which and why.</summary>
internal sealed class DataDirectoryException(string message, Exception cause) : Exception(message, cause);
