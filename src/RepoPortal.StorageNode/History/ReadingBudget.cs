namespace RepoPortal.StorageNode.History;

/// <summary>The time that a reading may take.</summary>
internal sealed class ReadingBudget(TimeProvider time, TimeSpan most)
{
    private readonly long _begun = time.GetTimestamp();

    /// <summary>All of it.</summary>
    public TimeSpan Most => most;

    /// <summary>True when it is used up.</summary>
    public bool IsOver => time.GetElapsedTime(_begun) >= most;
}
