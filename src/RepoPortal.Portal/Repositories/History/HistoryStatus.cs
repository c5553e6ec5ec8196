using Microsoft.AspNetCore.Http;
using RepoPortal.Contracts.History;
using RepoPortal.Portal.Rest;
using RepoPortal.Portal.Shell;

namespace RepoPortal.Portal.Repositories.History;

/// <summary>The status of a page about a history.</summary>
internal static class HistoryStatus
{
    /// <summary>A page that says why there is nothing is not what was asked for.</summary>
    internal static void SetHistoryStatus(this HttpContext context, Refusal? refusal, Absence? absence)
    {
        context.SetPageStatus(refusal?.Kind switch
        {
            null => absence is null ? StatusCodes.Status200OK : StatusCodes.Status404NotFound,
            RefusalKind.Forbidden => StatusCodes.Status200OK, // the page itself is theirs to see, as that of the repository is
            { } kind => Problems.StatusOf(kind),
        });
    }
}
