using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Contracts.History;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.Repositories.History;

/// <summary>A revision as a patch, a part after the other as the node writes them: no more than one is ever held.</summary>
internal static class PatchDownload
{
    internal static void MapPatchDownload(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/r/{name}/rev/{revision:long}.patch", SendAsync).ReadableByToken().ExcludeFromDescription();
        // The address from before there was one of the log of every path.
        routes.MapGet("/r/{name}/history", (string name) => Results.Redirect($"/r/{Uri.EscapeDataString(name)}/log/")).ExcludeFromDescription();
    }

    private static async Task<IResult> SendAsync(string name, long revision, AskHistory history, HttpContext context)
    {
        var cancellationToken = context.RequestAborted;
        var begun = await AskAsync(0);
        if (!begun.Succeeded(out var first, out var refusal))
            return Results.StatusCode(Problems.StatusOf(refusal.Kind));
        if (first.Value is not { } piece)
            return Results.NotFound();
        // What somebody may see of it can change: nobody keeps it.
        context.Response.Headers.CacheControl = "private, no-cache";
        return Results.Stream(async output =>
        {
            while (true)
            {
                await output.WriteAsync(piece.Bytes, cancellationToken);
                if (piece.Next is not { } next)
                    return;
                // A part that cannot be had breaks the answer off: nobody takes it for a whole patch.
                piece = (await AskAsync(next)).Value.Value ?? throw new IOException($"the patch of revision {revision} ended early");
            }
        }, "text/x-patch", $"{name}-r{revision}.patch");

        Task<Outcome<HistoryAnswer<PatchPiece>>> AskAsync(int skip) => history.ExecuteAsync(
            name, context.User.ToActor(), (grain, copy, reader) => grain.ReadPatch(copy, revision, skip, reader, cancellationToken), cancellationToken);
    }
}
