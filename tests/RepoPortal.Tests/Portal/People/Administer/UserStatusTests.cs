using System.Net;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.People.Administer;

public sealed class UserStatusTests(Portals portals)
{
    [Theory, OnEachDatabase]
    public async Task Suspends_and_resumes_over_the_api_for_administrators_only(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (administrator, person) = (await portal.PersonAsync(administrator: true), await portal.PersonAsync());

        await person.Api.PostAsync($"/api/v1/users/{administrator.Name}/suspend", content: null).ProblemAsync(HttpStatusCode.Forbidden);
        await administrator.Api.PostAsync($"/api/v1/users/{administrator.Name}/suspend", content: null).ProblemAsync(HttpStatusCode.Conflict);
        await administrator.Api.PostAsync("/api/v1/users/nobody-here/suspend", content: null).ProblemAsync(HttpStatusCode.NotFound);

        Assert.Equal(HttpStatusCode.NoContent, (await administrator.Api.PostAsync($"/api/v1/users/{person.Name}/suspend", content: null)).StatusCode);
        await person.Api.GetAsync("/api/v1/repositories").ProblemAsync(HttpStatusCode.Unauthorized);
        Assert.Equal(HttpStatusCode.NoContent, (await administrator.Api.PostAsync($"/api/v1/users/{person.Name}/resume", content: null)).StatusCode);
        await person.Api.GetAsync("/api/v1/repositories").JsonAsync();
    }
}
