using Microsoft.AspNetCore.Http;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Gateway.Authentication;
using RepoPortal.Gateway.Decisions;
using RepoPortal.Gateway.Refusals;

namespace RepoPortal.Gateway.InFlight;

/// <summary>Decides a request and enters it among those in flight, with no moment in between at which a change of access could miss it.</summary>
internal sealed class Admission(
    Authenticator authenticator, AccessSnapshots snapshots, SnapshotLease lease, ForwardedRequests requests, TimeProvider time)
{
    /// <summary>The request, to be removed from <see cref="ForwardedRequests"/> when it was answered, or why it is refused.</summary>
    /// <exception cref="PortalUnavailableException">The portal could not be asked.</exception>
    internal async ValueTask<(ForwardedRequest? Admitted, Refusal? Refusal)> Admit(HttpContext context, RepositoryName? name, RequestedAccess access)
    {
        while (true)
        {
            var (changes, term) = (requests.Changes, lease.CurrentTerm);
            var caller = await authenticator.Authenticate(context.Request.Headers.Authorization, context.Connection.RemoteIpAddress, context.RequestAborted);
            if (caller.Refusal is not null)
                return (null, caller.Refusal);
            var route = name is { } asked ? await snapshots.FindRepository(asked, context.RequestAborted) : null;
            if (AccessDecision.Decide(route, caller.Holder, access) is { } refusal)
                return (null, refusal);

            var request = new ForwardedRequest(context, route!, caller, access, Grounds.Of(term, route!, caller.Holder, time));
            requests.Add(request);
            if (requests.Changes == changes)
                return (request, null);
            requests.Remove(request); // a change was announced while this was decided and not yet entered
        }
    }
}
