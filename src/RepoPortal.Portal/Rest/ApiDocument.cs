using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Repositories.Rules.Why;

namespace RepoPortal.Portal.Rest;

/// <summary>What the OpenAPI document says beyond what the endpoints' types tell.</summary>
internal static class ApiDocument
{
    internal static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer(DescribeAsync);
        options.AddSchemaTransformer(SpellAsync);
        options.AddOperationTransformer(NameAsync);
    }

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info.Title = "RepoPortal";
        document.Info.Description = "Self-service Subversion hosting. Errors are RFC 9457 problem details. The same tokens fetch files and directories at the addresses that the portal's pages link to: "
            + "`/r/{name}/raw/{path}?rev=N`, `/r/{name}/archive/{path}?rev=N&format=zip|tar.gz`, `/r/{name}/rev/N.patch`, `/r/{name}/activity.csv` and `/r/{name}/feed.atom`.";
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes[TokenAuthentication.SchemeName] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "An access token from the account page.",
        };
        document.Security ??= [];
        document.Security.Add(new OpenApiSecurityRequirement
        {
            [new OpenApiSecuritySchemeReference(TokenAuthentication.SchemeName, document)] = [],
        });
        return Task.CompletedTask;
    }

    /// <summary>Parameters that are bound together have their property's name for the generator; they are written like all others, and like members of JSON.</summary>
    private static Task NameAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
            parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name ?? "");
        return Task.CompletedTask;
    }

    /// <summary>A converter of our own hides the values from the generator.</summary>
    private static Task SpellAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        var spellings =
            type == typeof(Visibility) ? Spelling.All<Visibility>()
            : type == typeof(RepositoryLayout) ? Spelling.All<RepositoryLayout>()
            : type == typeof(RepositoryState) ? Spelling.All<RepositoryState>()
            : type == typeof(AccessLevel) ? Spelling.All<AccessLevel>()
            : type == typeof(PathAccess) ? Spelling.All<PathAccess>()
            : type == typeof(ReasonKind) ? Spelling.All<ReasonKind>()
            : type == typeof(UserKind) ? Spelling.All<UserKind>()
            : null;
        if (spellings is not null)
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. spellings.Select(spelling => (JsonNode)JsonValue.Create(spelling))];
        }

        return Task.CompletedTask;
    }
}
