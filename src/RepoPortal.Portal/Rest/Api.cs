using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Backups;
using RepoPortal.Portal.Bulk;
using RepoPortal.Portal.Exports;
using RepoPortal.Portal.Imports;
using RepoPortal.Portal.Imports.Uploads;
using RepoPortal.Portal.Inventory;
using RepoPortal.Portal.People.Administer;
using RepoPortal.Portal.People.Collaborators;
using RepoPortal.Portal.People.Groups;
using RepoPortal.Portal.People.ServiceAccounts;
using RepoPortal.Portal.People.Tokens;
using RepoPortal.Portal.Promises;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.History.Messages;
using RepoPortal.Portal.Repositories.Invitations;
using RepoPortal.Portal.Repositories.Life;
using RepoPortal.Portal.Repositories.Life.Confirmations;
using RepoPortal.Portal.Repositories.Life.Leaving;
using RepoPortal.Portal.Repositories.Life.Orphans;
using RepoPortal.Portal.Repositories.Members;
using RepoPortal.Portal.Repositories.Rules;
using RepoPortal.Portal.Repositories.Rules.Why;
using RepoPortal.Portal.Restores;
using RepoPortal.Portal.Tasks;
using RepoPortal.Portal.Tiers.Drift;
using RepoPortal.Portal.Tiers.Edit;
using RepoPortal.Portal.Tiers.Quotas;
using RepoPortal.Portal.Tiers.Requests;
using RepoPortal.Portal.Usage;
using Scalar.AspNetCore;

namespace RepoPortal.Portal.Rest;

/// <summary>The REST API: one group, so that every endpoint has the same rules.</summary>
internal static class Api
{
    internal const string Root = "/api/v1";

    private const int BodyLimit = 64 * 1024;

    /// <summary>Maps everything under <c>/api</c>, and the description of it.</summary>
    internal static void MapApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Root)
            .RequireAuthorization()
            .DisableAntiforgery() // a token never comes along by itself, as a cookie does
            .WithMetadata(new RequestSizeLimitAttribute(BodyLimit))
            .AddEndpointFilter(TokenLimits.RefuseAsync)
            .ProducesProblem(StatusCodes.Status401Unauthorized);
        group.MapRepositories();
        group.MapLife();
        group.MapMessages();
        group.MapConfirmations();
        group.MapOrphans();
        group.MapMembers();
        group.MapGroupGrants();
        group.MapGroups();
        group.MapRules();
        group.MapAccess();
        group.MapCollaborators();
        group.MapInvitations();
        group.MapInventory();
        group.MapBulk();
        group.MapUserStatus();
        group.MapLeaving();
        group.MapAudit();
        group.MapTokens();
        group.MapServiceAccounts();
        group.MapUsage();
        group.MapPromises();
        group.MapBackups();
        group.MapRestores();
        group.MapExports();
        group.MapImports();
        group.MapUploads();
        group.MapTasks();
        group.MapTiers();
        group.MapTierRequests();
        group.MapQuotas();
        group.MapDrift();

        routes.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        routes.MapScalarApiReference("/api", ApiPage.Configure).AllowAnonymous();
    }
}
