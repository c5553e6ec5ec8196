using Microsoft.AspNetCore.Http;
using RepoPortal.Contracts.History;
using RepoPortal.Portal.Shell;

namespace RepoPortal.Portal.Repositories.History;

/// <summary>The status of a page about a history.</summary>
internal static class HistoryStatus
{
    /// <summary>A page that says why there is nothing is not what was asked for.</summary>
    internal static void SetHistoryStatus(this HttpContext context, Refusal? refusal, Absence? absence)
    {
        context.SetPageStatus((refusal?.Kind, absence) switch
        {
            (null, null) => StatusCodes.Status200OK,
            (null, _) => StatusCodes.Status404NotFound,
            (RefusalKind.Invalid, _) => StatusCodes.Status400BadRequest,
            (RefusalKind.Forbidden, _) => StatusCodes.Status200OK, // the page itself is theirs to see, as that of the repository is
            _ => StatusCodes.Status503ServiceUnavailable,
        });
    }
}
