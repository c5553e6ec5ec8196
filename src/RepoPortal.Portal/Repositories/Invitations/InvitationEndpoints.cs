using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Contracts.Access;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.Repositories.Invitations;

/// <summary>Invitations behind REST.</summary>
internal static class InvitationEndpoints
{
    internal static void MapInvitations(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/repositories/{name}/invitations").WithTags("Invitations")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/", ListAsync).WithSummary("Invitations that are open");
        group.MapPost("/", InviteAsync).WithSummary("Invite somebody by e-mail")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/{id:guid}/resend", ResendAsync).WithSummary("Send an invitation again, with a new link and a new code").ProducesProblem(StatusCodes.Status409Conflict);
        group.MapDelete("/{id:guid}", RevokeAsync).WithSummary("Take an invitation back");
    }

    private static async Task<Results<Ok<IReadOnlyCollection<OpenInvitation>>, ProblemHttpResult>> ListAsync(
        string name, ListInvitations list, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var outcome = await list.ExecuteAsync(name, user.ToActor(), cancellationToken);
        return outcome.Succeeded(out var invitations, out var refusal) ? TypedResults.Ok(invitations) : Problems.Of(refusal);
    }

    private static async Task<Results<Created<InvitationResource>, ProblemHttpResult>> InviteAsync(
        string name, InvitationBody body, InviteCollaborator invite, ClaimsPrincipal user, TimeProvider time, CancellationToken cancellationToken)
    {
        if (body.Access is not { } access)
            return Problems.Of(Refusal.Invalid("access", "Say which access: read or write."));
        if (EndDate.Read(body.EndsAt, time.GetUtcNow(), out var end) is { } wrong)
            return Problems.Of(wrong);
        var outcome = await invite.ExecuteAsync(name, new NewInvitation(body.Email ?? "", access, end), user.ToActor(), cancellationToken);
        return outcome.Succeeded(out var sent, out var refusal)
            ? TypedResults.Created($"{Api.Root}/repositories/{name}/invitations/{sent.Id}", InvitationResource.Of(sent))
            : Problems.Of(refusal);
    }

    private static async Task<Results<Ok<InvitationResource>, ProblemHttpResult>> ResendAsync(
        string name, Guid id, ResendInvitation resend, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var outcome = await resend.ExecuteAsync(name, id, user.ToActor(), cancellationToken);
        return outcome.Succeeded(out var sent, out var refusal) ? TypedResults.Ok(InvitationResource.Of(sent)) : Problems.Of(refusal);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        string name, Guid id, RevokeInvitation revoke, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var outcome = await revoke.ExecuteAsync(name, id, user.ToActor(), cancellationToken);
        return outcome.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.NoContent();
    }
}

/// <summary>Somebody to be invited, in JSON.</summary>
/// <param name="Email">Their address.</param>
/// <param name="Access"><c>read</c> or <c>write</c>.</param>
/// <param name="EndsAt">When that access ends: a moment in ISO 8601, or a date, which means its end in UTC; left out: no end.</param>
internal sealed record InvitationBody(string? Email, AccessLevel? Access, string? EndsAt = null);

/// <summary>An invitation that was sent, in JSON.</summary>
internal sealed record InvitationResource(Guid Id, string AcceptUrl, string Code, DateTimeOffset ExpiresAt)
{
    internal static InvitationResource Of(SentInvitation sent) => new(sent.Id, sent.AcceptUrl, sent.Code, sent.ExpiresAt);
}
