using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.Portal.Bulk;
using RepoPortal.Portal.Promises;
using RepoPortal.Portal.Repositories.Rules.Why;
using RepoPortal.Portal.Tasks;
using RepoPortal.Portal.Tiers;
using RepoPortal.Portal.Tiers.Drift;
using RepoPortal.Portal.Tiers.Requests;

namespace RepoPortal.Portal.Rest;

/// <summary>What the API needs around its endpoints.</summary>
internal static class ApiServices
{
    internal static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddProblemDetails();
        services.AddOpenApi("v1", ApiDocument.Configure);
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true); // so that Problems says it, in every environment
        services.Configure<JsonOptions>(options =>
        {
            var json = options.SerializerOptions;
            json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.Converters.Add(new SpelledEnum<Visibility>());
            json.Converters.Add(new SpelledEnum<RepositoryLayout>());
            json.Converters.Add(new SpelledEnum<RepositoryState>());
            json.Converters.Add(new SpelledEnum<AccessLevel>());
            json.Converters.Add(new SpelledEnum<PathAccess>());
            json.Converters.Add(new SpelledEnum<ReasonKind>());
            json.Converters.Add(new SpelledEnum<UserKind>());
            json.Converters.Add(new SpelledEnum<PromiseState>());
            json.Converters.Add(new SpelledEnum<TaskKind>());
            json.Converters.Add(new SpelledEnum<TaskState>());
            json.Converters.Add(new SpelledEnum<ExportForm>());
            json.Converters.Add(new SpelledEnum<ExportCompression>());
            json.Converters.Add(new SpelledEnum<TierChoosers>());
            json.Converters.Add(new SpelledEnum<TierRequestState>());
            json.Converters.Add(new SpelledEnum<DriftState>());
            json.Converters.Add(new SpelledEnum<BulkVerb>());
            json.Converters.Add(new SpelledEnum<BulkState>());
        });
        return services;
    }

    /// <summary>Gives every answer under <c>/api</c> that has no body yet one that says what is wrong.</summary>
    internal static void UseApiProblems(this IApplicationBuilder app) =>
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments(Api.Root, StringComparison.Ordinal),
            api =>
            {
                api.UseStatusCodePages(context => Problems.WriteAsync(
                    context.HttpContext, context.HttpContext.Response.StatusCode, Sentence(context.HttpContext)));
                api.UseExceptionHandler(new ExceptionHandlerOptions
                {
                    StatusCodeSelector = exception => Problems.Of(exception).Status,
                    SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException,
                    ExceptionHandler = WriteExceptionAsync,
                });
            });

    private static Task WriteExceptionAsync(HttpContext context)
    {
        var (status, detail) = Problems.Of(context.Features.Get<IExceptionHandlerFeature>()!.Error);
        return Problems.WriteAsync(context, status, detail);
    }

    private static string Sentence(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => "There is nothing at this address; the API is described at /api.",
        StatusCodes.Status405MethodNotAllowed => $"This address does not take {context.Request.Method}; it takes {context.Response.Headers.Allow}.",
        StatusCodes.Status415UnsupportedMediaType => "Send the body as JSON, with 'Content-Type: application/json'.",
        StatusCodes.Status413PayloadTooLarge => Problems.TooLarge,
        var status => $"The request was answered with status {status}.",
    };
}
