namespace RepoPortal.StorageNode.Importing;

/// <summary>Lets one attempt at a time load into a copy. It takes hours, so nothing else waits for it.</summary>
internal sealed class ImportLocks : TurnsPerCopy;
