using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using RepoPortal.Contracts.Access;
using RepoPortal.Gateway.Authentication;
using RepoPortal.Gateway.Decisions;
using RepoPortal.Gateway.Forwarding;
using RepoPortal.Gateway.Refusals;
using RepoPortal.Gateway.Targets;

namespace RepoPortal.Gateway;

/// <summary>Every request under <c>/repos</c>, from its raw target to the storage node or to a refusal.</summary>
internal sealed class RepositoryRequests(
    Authenticator authenticator, AccessSnapshots snapshots, RepositoryForwarder forwarder, GatewayMetrics metrics, ILogger<RepositoryRequests> log)
{
    internal async Task Handle(HttpContext context, string rawTarget)
    {
        Refusal? refusal;
        try
        {
            refusal = await Serve(context, rawTarget);
        }
        catch (PortalUnavailableException failure)
        {
            log.LogError(failure.InnerException, "the portal could not be asked who may do what");
            refusal = Refusal.PortalAway;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return; // the client has left
        }

        if (refusal is null)
            return;
        metrics.Refused(refusal.Status);
        await RefusalResponse.Write(context, refusal);
    }

    private async ValueTask<Refusal?> Serve(HttpContext context, string rawTarget)
    {
        var request = context.Request;
        var origin = ClientOrigin.Of(request);
        if (!RequestTarget.TryParse(rawTarget, origin, out var target, out var malformed))
            return Refusal.Malformed(malformed);
        if (!DavMethods.TryClassify(request.Method, out var access))
            return Refusal.MethodNotAllowed;
        if (target.Path.IsRoot)
            return RedirectFromRoot(context);
        if (BrowserPage.Of(target, request.Method, request.Headers.Accept) is { } page)
            return Redirect(context, page);

        var caller = await authenticator.Authenticate(request.Headers.Authorization, context.Connection.RemoteIpAddress, context.RequestAborted);
        if (caller.Refusal is not null)
            return caller.Refusal;
        var route = target.Path.Name is { } name ? await snapshots.FindRepository(name, context.RequestAborted) : null;
        if (AccessDecision.Decide(route, caller.Holder, access) is { } refusal)
            return refusal;

        string? destination = null;
        if (request.Headers.TryGetValue(DestinationHeader.Name, out var header)
            && DestinationHeader.Rewrite(header, origin, route!.Name, out destination) is { } refused)
            return refused;
        await forwarder.Forward(context, route!, new RepositoryTransformer(target, caller.Holder?.User, origin, destination));
        return null;
    }

    private static Refusal? RedirectFromRoot(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) ? Redirect(context, "/") : Refusal.NoRepositoryNamed;

    private static Refusal? Redirect(HttpContext context, string location)
    {
        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers.Location = location;
        context.Response.Headers.Vary = "Accept";
        ContentIsolation.Apply(context.Response.Headers);
        return null;
    }
}
