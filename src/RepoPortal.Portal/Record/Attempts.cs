namespace RepoPortal.Portal.Record;

/// <summary>Reads, decides and writes again when somebody else wrote in between.</summary>
internal static class Attempts
{
    private const int Most = 10;

    /// <summary>What <paramref name="attempt"/> would say at this moment: it runs with a fresh context that saves nothing.</summary>
    internal static async Task<T> RehearseAsync<T>(this IDbContextFactory<RecordContext> contexts, Func<RecordContext, Task<T>> attempt, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            context.IsRehearsal = true;
            return await attempt(context);
        }
        finally
        {
            // Contexts are pooled: the next one to get this one means what it does.
            context.IsRehearsal = false;
        }
    }

    /// <summary>
    /// Runs <paramref name="attempt"/> with a fresh context until no concurrency token was overtaken. The attempt must read all it decides by, and save once, last.
    /// </summary>
    /// <exception cref="DbUpdateConcurrencyException">It was overtaken ten times in a row.</exception>
    internal static async Task<T> UndisturbedAsync<T>(
        this IDbContextFactory<RecordContext> contexts, Func<RecordContext, Task<T>> attempt, CancellationToken cancellationToken)
    {
        for (var count = 1; ; count++)
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            try
            {
                return await attempt(context);
            }
            catch (DbUpdateException exception) when (count < Most && (exception is DbUpdateConcurrencyException || exception.IsUniqueViolation()))
            {
                // Somebody was faster; what they wrote is read in the next round.
            }
        }
    }
}
