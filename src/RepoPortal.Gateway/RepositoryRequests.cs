using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using RepoPortal.Contracts.Access;
using RepoPortal.Gateway.Authentication;
using RepoPortal.Gateway.Claims;
using RepoPortal.Gateway.Decisions;
using RepoPortal.Gateway.Forwarding;
using RepoPortal.Gateway.InFlight;
using RepoPortal.Gateway.Refusals;
using RepoPortal.Gateway.Targets;

namespace RepoPortal.Gateway;

/// <summary>Every request under <c>/repos</c>, from its raw target to the storage node or to a refusal.</summary>
internal sealed class RepositoryRequests(
    Admission admission,
    ForwardedRequests requests,
    ClaimGuard claims,
    RepositoryForwarder forwarder,
    Concealment concealment,
    GatewayMetrics metrics,
    ILogger<RepositoryRequests> log)
{
    internal async Task Handle(HttpContext context, string rawTarget)
    {
        var begun = concealment.Begin();
        Refusal? refusal;
        try
        {
            refusal = await Serve(context, rawTarget);
            if (refusal is not null)
                await concealment.Even(refusal, begun, context.RequestAborted);
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

        var (admitted, refusal) = await admission.Admit(context, target.Path.Name, access);
        return admitted is null ? refusal : await Forward(context, target, origin, admitted);
    }

    private async Task<Refusal?> Forward(HttpContext context, RequestTarget target, ClientOrigin origin, ForwardedRequest admitted)
    {
        try
        {
            string? destination = null;
            if (context.Request.Headers.TryGetValue(DestinationHeader.Name, out var header)
                && DestinationHeader.Rewrite(header, origin, admitted.Route.Name, out destination) is { } refused)
                return refused;
            if (await claims.Check(context, admitted) is { } compares)
                return compares;
            await forwarder.Forward(context, admitted, new RepositoryTransformer(target, admitted.User, origin, destination));
            return null;
        }
        finally
        {
            requests.Remove(admitted);
        }
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
