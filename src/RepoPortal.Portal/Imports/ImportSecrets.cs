using System.Collections.Concurrent;

namespace RepoPortal.Portal.Imports;

/// <summary>Passwords of other servers: in this process's memory, until their import is over. Whoever restarts the server has them given again.</summary>
internal sealed class ImportSecrets
{
    private readonly ConcurrentDictionary<Guid, string> _passwords = new();

    /// <summary>Keeps a task's password.</summary>
    internal void Keep(Guid task, string? password)
    {
        if (!string.IsNullOrEmpty(password))
            _passwords[task] = password;
    }

    /// <summary>The password of a task; null when there is none, or it was in another process.</summary>
    internal string? Find(Guid task) => _passwords.GetValueOrDefault(task);

    /// <summary>Forgets it.</summary>
    internal void Forget(Guid task) => _passwords.TryRemove(task, out _);
}
