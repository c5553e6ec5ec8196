namespace RepoPortal.StorageNode.Backups;

/// <summary>Lets one piece of work at a time read or write the backup of a copy.</summary>
internal sealed class BackupLocks : TurnsPerCopy;
