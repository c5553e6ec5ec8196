namespace RepoPortal.Portal.Record;

/// <summary>Names the state that the record is in, whoever changed it last, in this process or another.</summary>
internal interface IRecordVersion
{
    /// <summary>The present state's name: as long as it is the same, nothing has been committed in between. It says nothing of which state is older.</summary>
    ValueTask<string> ReadAsync(CancellationToken cancellationToken);
}
