using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace RepoPortal.SystemTests.Fixtures;

/// <summary>The REST API as one person uses it.</summary>
public sealed class Api(Uri address, string? token) : IDisposable
{
    private readonly HttpClient _client = new()
    {
        BaseAddress = new Uri(address, "api/v1/"),
        DefaultRequestHeaders = { Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token) },
    };

    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await _client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    /// <summary>Sends a request that has to succeed.</summary>
    public async Task<JsonElement> ExpectAsync(HttpMethod method, string path, object? body = null)
    {
        var (status, answer) = await SendAsync(method, path, body);
        return (int)status is >= 200 and < 300 ? answer : throw new InvalidOperationException($"{method} {path}: {status}: {answer}");
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<(HttpStatusCode Status, JsonElement Body)> CreateAsync(string name, string visibility = "private", string layout = "empty", string tier = "standard") =>
        SendAsync(HttpMethod.Post, "repositories", new { name, description = "", tier, visibility, layout });

    /// <summary>Creates a repository and returns when it is ready.</summary>
    public async Task<JsonElement> CreateReadyAsync(string name, string visibility = "private", string layout = "empty")
    {
        var (status, body) = await CreateAsync(name, visibility, layout);
        if (status != HttpStatusCode.Created)
            throw new InvalidOperationException($"{status}: {body}");
        var deadline = TimeProvider.System.GetUtcNow().AddSeconds(20);
        while (TimeProvider.System.GetUtcNow() < deadline)
        {
            (_, body) = await GetAsync($"repositories/{name}");
            switch (body.GetProperty("state").GetString())
            {
                case "ready": return body;
                case "failed": throw new InvalidOperationException(body.ToString());
            }

            await Task.Delay(20);
        }

        throw new TimeoutException($"'{name}' was not ready: {body}");
    }

    /// <summary>Returns when the task in <paramref name="answer"/> is done; fails when it is not.</summary>
    public async Task<JsonElement> FollowAsync(JsonElement answer)
    {
        var task = await UntilOverAsync(answer);
        return task.GetProperty("state").GetString() == "done" ? task : throw new InvalidOperationException(task.ToString());
    }

    /// <summary>Returns when the task in <paramref name="answer"/> is over, one way or the other.</summary>
    public async Task<JsonElement> UntilOverAsync(JsonElement answer)
    {
        var path = $"tasks/{answer.GetProperty("id").GetString()}";
        JsonElement task = default;
        await Eventually.TrueAsync(
            async () => (task = await ExpectAsync(HttpMethod.Get, path)).GetProperty("state").GetString() is "done" or "failed",
            TimeSpan.FromSeconds(60));
        return task;
    }

    public void Dispose() => _client.Dispose();
}
