using Microsoft.Playwright;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.SystemTests.Pages;

/// <summary>A server with people, repositories and commits to be looked at, and a browser: an administrator (anna), an owner (mei), a visitor.</summary>
public sealed class PopulatedPortal : IAsyncLifetime
{
    private static readonly string[] GroupMembers = ["mei", "ingrid", "anna"];
    private static readonly string[] ServiceRepositories = ["climate-model"];

    private readonly Chromium _chromium = new();
    private readonly Dictionary<string, string> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PageSight> _sights = new(StringComparer.Ordinal);

    public const string LongName = "a-repository-whose-name-has-all-of-the-sixty-four-characters-yes";

    public RunningServer Server { get; private set; } = null!;

    /// <summary>The path of an invitation that nobody accepted.</summary>
    public string Invitation { get; private set; } = "";

    /// <summary>The path of a task that is done.</summary>
    public string Task { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.StartAsync("RepoPortal__Backup__SameFileSystem=true");
        var administrator = await Server.AddUserAsync("anna", "--admin", "--display-name", "Anna Fischer");
        var token = await Server.AddUserAsync("mei", "--display-name", "Mei Tanaka");
        var guest = await Server.AddUserAsync("ingrid", "--external", "--display-name", "Ingrid Solberg");
        using var api = new Api(Server.Address, token);
        await api.CreateReadyAsync("climate-model", layout: "standard");
        await api.CreateReadyAsync("empty-one");
        await api.CreateReadyAsync(LongName, visibility: "public", layout: "standard");
        await api.SendAsync(HttpMethod.Put, "repositories/climate-model/members/ingrid", new { access = "write", endsAt = "2099-12-31" });
        await api.SendAsync(HttpMethod.Put, "groups/sea-ice", new { members = GroupMembers, description = "Everyone who works on sea ice" });
        await api.SendAsync(HttpMethod.Put, "repositories/climate-model/groups/sea-ice", new { access = "read" });
        var (_, invitation) = await api.SendAsync(HttpMethod.Post, "repositories/climate-model/invitations", new { email = "a.rossi@elsewhere.example", access = "read" });
        Invitation = new Uri(invitation.GetProperty("acceptUrl").GetString()!).AbsolutePath;
        await api.SendAsync(HttpMethod.Post, "service-accounts", new { name = "build-server", purpose = "Builds each night", access = "read", repositories = ServiceRepositories });
        await CommitAsync(token);
        await api.ExpectAsync(HttpMethod.Put, "repositories/climate-model/revisions/6/message", new { message = "Do not let the albedo of ice fall below that of open water\n\nReported by A. Rossi." });
        await VisitAsync(guest);
        await SeaIceData.MakeAsync(Server, api, token);
        await LiveAsync(api);
        await ImportAsync();
        await RuleAsync(api);
        await Eventually.TrueAsync(async () => (await api.GetAsync("repositories/climate-model/usage")).Body.GetProperty("people").GetArrayLength() > 0, TimeSpan.FromMinutes(1));
        using (var theirs = new Api(Server.Address, administrator))
            await PromiseAsync(api, theirs);
        var export = await api.FollowAsync(await api.ExpectAsync(HttpMethod.Post, "repositories/climate-model/exports", new { form = "dump" }));
        Task = $"/r/climate-model/tasks/{export.GetProperty("id").GetString()}";
        await FindOutgrownAsync(api);
        await _chromium.InitializeAsync();
        foreach (var user in new[] { "anna", "mei" })
            await SignInAsync(user);
        await Server.SqlAsync("UPDATE Users SET LastVisitAt = (SELECT min(At) FROM Commits) WHERE UserName = 'mei'");
    }

    /// <summary>The one page that somebody looks at everything in; a visitor's when <paramref name="user"/> is empty.</summary>
    internal async Task<PageSight> SightAsync(string user)
    {
        if (!_sights.TryGetValue(user, out var sight))
            _sights[user] = sight = new PageSight(await (await VisitAsync(user, ColorScheme.Light, 360)).NewPageAsync());
        return sight;
    }

    /// <summary>A page as somebody sees it; nobody when <paramref name="user"/> is empty.</summary>
    public async Task<IBrowserContext> VisitAsync(string user, ColorScheme colours, int width)
    {
        var context = await _chromium.VisitAsync(Server.Address, colours: colours, width: width);
        if (user.Length > 0)
            await context.AddCookiesAsync([new Cookie { Name = "repoportal", Value = _sessions[user], Url = Server.Address.ToString() }]);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        await _chromium.DisposeAsync();
        await Server.DisposeAsync();
    }

    // One that is archived under a second name, one in the trash, and one whose owner is suspended.
    private async Task LiveAsync(Api api)
    {
        await api.CreateReadyAsync("nearly-finished");
        await api.ExpectAsync(HttpMethod.Post, "repositories/nearly-finished/rename", new { to = "finished-work" });
        await api.ExpectAsync(HttpMethod.Post, "repositories/finished-work/archive");
        await api.CreateReadyAsync("thrown-away");
        await api.ExpectAsync(HttpMethod.Delete, "repositories/thrown-away");
        using var leaver = new Api(Server.Address, await Server.AddUserAsync("lena", "--display-name", "Lena Brandt"));
        await leaver.CreateReadyAsync("left-behind");
        await Server.RunAsync(["user", "suspend", "lena"]);
    }

    // One whose dump ends in the middle of its first revision.
    private async Task ImportAsync()
    {
        using var scratch = new Scratch();
        const string Dump = "SVN-fs-dump-format-version: 2\n\nRevision-number: 0\nProp-content-length: 10\nContent-length: 10\n\nPROPS-END\n\nRevision-number: 1\nProp-content-length: 56\n";
        await File.WriteAllTextAsync(scratch["cut-short.svndump"], Dump);
        await Server.TryRunAsync(["repository", "import", "cut-short", "--dump", scratch["cut-short.svndump"], "--owner", "mei"]);
    }

    // A tier that is asked for and one that is outgrown, owners who are asked, and a quota that is nearly used up.
    private static async Task PromiseAsync(Api api, Api administrator)
    {
        foreach (var tier in (await administrator.GetAsync("admin/tiers")).Body.EnumerateArray())
        {
            var id = tier.GetProperty("id").GetString();
            var changed = tier.EnumerateObject().Where(member => member.Name != "repositories").ToDictionary(member => member.Name, member => (object)member.Value);
            if (id == "critical")
                changed["needsApproval"] = true;
            else if (id == "standard")
                changed["mostCommits"] = 1;
            await administrator.ExpectAsync(HttpMethod.Put, $"admin/tiers/{id}", changed);
        }

        await api.ExpectAsync(HttpMethod.Post, "repositories/empty-one/tier-requests", new { tier = "best-effort", reason = "" });
        await api.ExpectAsync(HttpMethod.Post, "repositories/empty-one/tier-requests", new { tier = "critical", reason = "The measurements of the cruise come in from the first of May on" });
        await administrator.ExpectAsync(HttpMethod.Post, "repositories/climate-model/confirmation/ask");
        await administrator.ExpectAsync(HttpMethod.Put, "admin/repositories/climate-model/quota", new { quotaBytes = 1 << 20 });
    }

    // The night comes when the server looks at its clock anew.
    private async Task FindOutgrownAsync(Api api)
    {
        await Server.StopAsync();
        await Server.SqlAsync("UPDATE Rounds SET BegunAt = 0, EndedAt = 0");
        await Server.RestartAsync();
        await Eventually.TrueAsync(async () => (await api.GetAsync("repositories/climate-model/drift")).Body.GetArrayLength() > 0, TimeSpan.FromMinutes(1));
    }

    // Two versions, so that there is a history.
    private static async Task RuleAsync(Api api)
    {
        var first = new { path = "/trunk/embargoed", who = "signed-in", access = "none" };
        await api.SendAsync(HttpMethod.Put, "repositories/climate-model/rules", new { rules = new[] { first } });
        await api.SendAsync(HttpMethod.Put, "repositories/climate-model/rules", new { rules = new[] { first, new { path = $"/trunk/{LongName}/{LongName}", who = "user:ingrid", access = "read" } } });
    }

    // Once: signing in hashes a password, which is slow on purpose.
    private async Task SignInAsync(string user)
    {
        await using var context = await _chromium.VisitAsync(Server.Address);
        await new PortalVisitor(await context.NewPageAsync()).SignInAsync(user);
        _sessions[user] = (await context.CookiesAsync()).Single(cookie => cookie.Name == "repoportal").Value;
    }

    private async Task CommitAsync(string token)
    {
        using var scratch = new Scratch();
        var svn = new SvnClient(scratch.Path, "mei", token);
        var trunk = new Uri(Server.Address, "repos/climate-model/trunk").ToString();
        await svn.RunAsync("checkout", trunk, "wc");
        await File.WriteAllTextAsync(scratch["wc/README.md"], "Coupled ocean and ice model\n");
        await File.WriteAllTextAsync(scratch[$"wc/{new string('w', 120)}.txt"], "A long name\n");
        await File.WriteAllBytesAsync(scratch["wc/noise.dat"], System.Security.Cryptography.RandomNumberGenerator.GetBytes(900_000));
        await svn.RunAsync("add", "wc/README.md", "wc/noise.dat", $"wc/{new string('w', 120)}.txt");
        await svn.RunAsync("commit", "wc", "-m", "<script>alert(1)</script> says how to begin\n\nWith a second paragraph.");
        await ChangeAsync(svn, scratch);
    }

    // What somebody else did while mei was away.
    private async Task VisitAsync(string token)
    {
        using var scratch = new Scratch();
        var svn = new SvnClient(scratch.Path, "ingrid", token);
        await svn.RunAsync("mkdir", new Uri(Server.Address, "repos/climate-model/trunk/forcing").ToString(), "-m", "A place for the forcing of the last cruise");
    }

    // A program that changes, with a picture beside it and a branch, so that there is something to compare.
    private static async Task ChangeAsync(SvnClient svn, Scratch scratch)
    {
        await File.WriteAllTextAsync(scratch["wc/model.py"], Program("0.5", "step(state, forcing)", "    return state\n"));
        await File.WriteAllBytesAsync(scratch["wc/picture.png"], Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="));
        await svn.RunAsync("add", "wc/model.py", "wc/picture.png");
        await svn.RunAsync("commit", "wc", "-m", "A first model, of sea ice only");
        await File.WriteAllTextAsync(scratch["wc/model.py"], Program("0.65", "step(state, forcing, albedo)", "    # <b>checked</b> against the buoys\n    return state.clip(0)\n"));
        await File.WriteAllTextAsync(scratch["wc/README.md"], "Coupled ocean and ice model\n\nSee `model.py`.\n");
        await svn.RunAsync("propset", "svn:eol-style", "native", "wc/README.md");
        await svn.RunAsync("delete", $"wc/{new string('w', 120)}.txt");
        await svn.RunAsync("commit", "wc", "-m", "Use the measured albedo\n\nCorrects what r3 began with: the value was that of open water, see revision 2.");
        var root = (await svn.RunAsync("info", "--show-item", "repos-root-url", "wc")).Trim();
        await svn.RunAsync("copy", $"{root}/trunk", $"{root}/branches/ice", "-m", "A branch for the ice");
        await svn.RunAsync("checkout", "-q", $"{root}/branches/ice", "ice");
        await File.WriteAllTextAsync(scratch["ice/model.py"], Program("max(0.65, WATER)", "step(state, forcing, albedo)", "    # <b>checked</b> against the buoys\n    return state.clip(0)\n"));
        await svn.RunAsync("commit", "-q", "ice", "-m", "albedo bug!!");
        await svn.RunAsync("update", "-q", "wc");
        await svn.RunAsync("merge", "-q", $"{root}/branches/ice", "wc");
        await svn.RunAsync("commit", "-q", "wc", "-m", "Merge what was found on the branch for the ice");
    }

    private static string Program(string albedo, string step, string end) =>
        $"""
        import numpy as np

        ALBEDO = {albedo}


        def run(state, forcing, years):
            for year in range(years):
                for day in range(365):
                    state = {step}
        {end}

        def report(state):
            print("mean thickness", np.mean(state))

        """;
}
