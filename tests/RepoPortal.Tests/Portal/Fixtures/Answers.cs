using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace RepoPortal.Tests.Portal.Fixtures;

/// <summary>Reads answers of the API.</summary>
internal static class Answers
{
    /// <summary>The JSON of an answer with that status.</summary>
    public static async Task<JsonElement> JsonAsync(this Task<HttpResponseMessage> request, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var response = await request;
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == response.StatusCode, $"{(int)response.StatusCode}: {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>The sentence of a problem with that status.</summary>
    public static async Task<string> ProblemAsync(this Task<HttpResponseMessage> request, HttpStatusCode status)
    {
        using var response = await request;
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        return problem.GetProperty("detail").GetString()!;
    }

    public static string Text(this JsonElement json, string member) => json.GetProperty(member).GetString()!;
}
