using System.Globalization;
using Microsoft.AspNetCore.Http;
using RepoPortal.Contracts.History;
using RepoPortal.Portal.Shell;

namespace RepoPortal.Portal.Repositories.History;

/// <summary>Reads revisions out of addresses, and gives answers about what is not there their status.</summary>
internal static class RevisionText
{
    /// <summary>A number, or nothing or HEAD for the youngest.</summary>
    internal static bool TryParse(string? text, out long? revision)
    {
        revision = null;
        if (string.IsNullOrEmpty(text) || text.Equals("HEAD", StringComparison.OrdinalIgnoreCase))
            return true;
        var isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        revision = isNumber ? number : null;
        return isNumber;
    }

    /// <summary>A page that says why there is nothing is not what was asked for.</summary>
    internal static void Answer(this HttpContext context, Refusal? refusal, Absence? absence)
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
