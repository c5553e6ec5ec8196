using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Gateway.InFlight;
using RepoPortal.Gateway.Refusals;

namespace RepoPortal.Gateway.Claims;

/// <summary>
/// Refuses what would make httpd compare something hidden with something that may be seen. Only for people from whom a path is hidden; for everybody else
/// nothing is read or held back.
/// </summary>
internal sealed class ClaimGuard(PathSights sights, IGrainFactory grains, ILogger<ClaimGuard> log)
{
    // A working copy that is of a different revision in each of its hundred thousand places is described in less. It is held in memory while it is read, so it
    // is a quarter of what httpd would take.
    private const int MaxBytes = 16 << 20;

    // The file that the client says it has, and wants the difference from (mod_dav_svn/repos.c, SVN_DAV_DELTA_BASE_HEADER); nobody asks whether it may be read.
    private const string DeltaBase = "X-SVN-VR-Base";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Null when the request may go on.</summary>
    internal async ValueTask<Refusal?> Check(HttpContext context, ForwardedRequest request)
    {
        var isReport = context.Request.Method == "REPORT";
        if (!isReport && !context.Request.Headers.ContainsKey(DeltaBase))
            return null;
        try
        {
            var sight = await sights.Find(request.Route, request.User, context.RequestAborted);
            if (sight.IsEverything)
                return null;
            context.Request.Headers.Remove(DeltaBase); // then the whole file is the answer
            return isReport ? await CheckReport(context, request, sight) : null;
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException or StorageException)
        {
            log.LogWarning(failure, "storage node {Node} does not say what may be seen of {Repository}", request.Route.Node, request.Route.Name);
            return Refusal.NodeAway;
        }
    }

    private async Task<Refusal?> CheckReport(HttpContext context, ForwardedRequest request, PathSight sight)
    {
        var (body, refusal) = await Read(context);
        if (body is null)
            return refusal;
        if (!UpdateReport.TryRead(body, request.Route.Name, out var claims, out var malformed))
            return Refusal.Malformed(malformed);
        if (claims?.Suspects(sight).ToArray() is not { Length: > 0 } suspects)
            return null;
        var were = await grains.GetGrain<IStorageNodeGrain>(request.Route.Node)
            .AreDirectories(request.Route.Copy, [.. suspects.Select(suspect => suspect.Source)], context.RequestAborted);
        if (!suspects.Zip(were).Any(pair => pair.Second is { } isDirectory && !(pair.First.IfFile && isDirectory)))
            return null;
        return request.User is null ? Refusal.SignIn : Refusal.ComparesWithHidden;
    }

    /// <summary>The body as text, which httpd gets afterwards as it was.</summary>
    private static async Task<(string? Body, Refusal? Refusal)> Read(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = MaxBytes;
        var bytes = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
            context.Request.Body = new MemoryStream(bytes.GetBuffer(), 0, (int)bytes.Length, writable: false);
            return (Utf8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length), null);
        }
        catch (BadHttpRequestException)
        {
            return (null, Refusal.Malformed("The report is longer than is taken, or broke off."));
        }
        catch (DecoderFallbackException)
        {
            return (null, Refusal.Malformed("The report is not in UTF-8."));
        }
    }
}
