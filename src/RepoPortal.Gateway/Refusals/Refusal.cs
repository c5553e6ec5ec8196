using System.Globalization;
using Microsoft.AspNetCore.Http;
using RepoPortal.Contracts.Repositories;

namespace RepoPortal.Gateway.Refusals;

/// <summary>A request that is not forwarded, and what the client is told.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">What svn prints before the sentence.</param>
/// <param name="Sentence">What is wrong, and what would help.</param>
/// <param name="RetryAfter">When it makes sense to try again.</param>
internal sealed record Refusal(int Status, SvnErrorCode Code, string Sentence, TimeSpan? RetryAfter = null)
{
    internal static readonly Refusal MethodNotAllowed = new(
        StatusCodes.Status405MethodNotAllowed, SvnErrorCode.RequestFailed, "This method is not offered for repositories.");

    /// <summary>For a private repository and for one that is not there: nobody learns which.</summary>
    internal static readonly Refusal SignIn = new(
        StatusCodes.Status401Unauthorized, SvnErrorCode.NotAuthorized, "Sign in with your user name and an access token.");

    internal static readonly Refusal WrongCredentials = new(
        StatusCodes.Status401Unauthorized,
        SvnErrorCode.NotAuthorized,
        "The user name and the access token do not belong together, or the token is no longer valid. The web password is not a token; make one on your account page.");

    internal static readonly Refusal TokenExpired = new(
        StatusCodes.Status401Unauthorized, SvnErrorCode.NotAuthorized, "The access token has expired; make a new one on your account page.");

    /// <summary>For somebody without access and for a repository that is not there: nobody learns which.</summary>
    internal static readonly Refusal NoSuchRepository = new(
        StatusCodes.Status404NotFound, SvnErrorCode.IllegalUrl, "There is no repository at this address, or you have no access to it.");

    internal static readonly Refusal NoRepositoryNamed = new(
        StatusCodes.Status404NotFound, SvnErrorCode.IllegalUrl, "A repository's address is /repos/ and its name.");

    internal static readonly Refusal MayOnlyRead = new(
        StatusCodes.Status403Forbidden, SvnErrorCode.Unwritable, "You may read this repository but not change it; ask one of its owners for write access.");

    internal static readonly Refusal TokenMayOnlyRead = new(
        StatusCodes.Status403Forbidden, SvnErrorCode.Unwritable, "This access token may only read; use one that may also write.");

    internal static readonly Refusal ComparesWithHidden = new(
        StatusCodes.Status403Forbidden,
        SvnErrorCode.NotAuthorized,
        "This would compare with a path that you may not see; compare what lies beside it, or check out anew.");

    internal static readonly Refusal BeingMade = new(
        StatusCodes.Status503ServiceUnavailable,
        SvnErrorCode.RequestFailed,
        "This repository is being set up; try again in a moment.",
        TimeSpan.FromSeconds(2));

    internal static readonly Refusal CouldNotBeMade = new(
        StatusCodes.Status503ServiceUnavailable,
        SvnErrorCode.RequestFailed,
        "This repository could not be set up; its page says why, and its owner can try again there.",
        TimeSpan.FromMinutes(5));

    internal static readonly Refusal PortalAway = new(
        StatusCodes.Status503ServiceUnavailable,
        SvnErrorCode.RequestFailed,
        "It cannot be found out at the moment who may use this repository; try again in a moment.",
        TimeSpan.FromSeconds(10));

    internal static readonly Refusal NodeAway = new(
        StatusCodes.Status503ServiceUnavailable,
        SvnErrorCode.RequestFailed,
        "The server that holds this repository does not answer at the moment; try again in a moment.",
        TimeSpan.FromSeconds(10));

    internal static readonly Refusal NodeBroke = new(
        StatusCodes.Status502BadGateway,
        SvnErrorCode.RequestFailed,
        "The server that holds this repository broke off while it worked on this request; try again.");

    internal static Refusal Archived(RepositoryName name, DateTimeOffset since) => new(
        StatusCodes.Status403Forbidden,
        SvnErrorCode.Unwritable,
        string.Create(CultureInfo.InvariantCulture, $"'{name}' is archived and read-only since {since.UtcDateTime:yyyy-MM-dd}; its owners can take it back into use."));

    internal static Refusal Malformed(string sentence) => new(StatusCodes.Status400BadRequest, SvnErrorCode.IllegalUrl, sentence);

    internal static Refusal TooManyFailures(TimeSpan retryAfter) => new(
        StatusCodes.Status429TooManyRequests,
        SvnErrorCode.NotAuthorized,
        "Too many attempts to sign in have failed; wait a little before the next one.",
        retryAfter);
}
