namespace RepoPortal.Contracts.StorageNodes;

/// <summary>The node could not do what was asked, and knows why; the message is a sentence fit for the repository's owner.</summary>
[GenerateSerializer]
public class StorageException : Exception
{
    /// <summary>Makes an exception without facts; needed by serializers only.</summary>
    public StorageException()
    {
    }

    /// <summary>Makes an exception with a sentence.</summary>
    public StorageException(string message) : base(message)
    {
    }

    /// <summary>Makes an exception with a sentence and its cause.</summary>
    public StorageException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>There is no such copy on this node.</summary>
[GenerateSerializer]
public sealed class CopyNotFoundException : StorageException
{
    /// <summary>Makes an exception without facts; needed by serializers only.</summary>
    public CopyNotFoundException()
    {
    }

    /// <summary>Makes an exception with a sentence.</summary>
    public CopyNotFoundException(string message) : base(message)
    {
    }

    /// <summary>Makes an exception with a sentence and its cause.</summary>
    public CopyNotFoundException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
