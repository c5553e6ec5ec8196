using Microsoft.Playwright;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.SystemTests.Pages;

/// <summary>From a fresh server to a collaborator's first commit, as people do it on the pages, with JavaScript and without.</summary>
public sealed class TheMainJobInTheBrowser(Chromium chromium) : IClassFixture<Chromium>, IAsyncDisposable
{
    private readonly Scratch _scratch = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_repository_is_made_used_and_shared(bool javaScript)
    {
        // Mail is off, so that whoever invites sees the link to pass on.
        await using var server = await RunningServer.StartAsync("RepoPortal__Mail__Mode=Off");
        await using var administratorContext = await chromium.VisitAsync(server.Address, javaScript);
        var administrator = new PortalVisitor(await administratorContext.NewPageAsync());
        await Eventually.TrueAsync(() => Task.FromResult(server.Output.Contains("/setup?code=", StringComparison.Ordinal)));
        await BecomeFirstAdministratorAsync(administrator, server.SetupLink);
        var choosePassword = await AddAResearcherAsync(administrator);

        await using var meiContext = await chromium.VisitAsync(server.Address, javaScript);
        var mei = new PortalVisitor(await meiContext.NewPageAsync());
        await mei.Page.GotoAsync(choosePassword);
        await mei.FillPasswordAsync();
        await mei.PressAsync("Set the password and sign in");
        await mei.SeeAsync("No repositories yet");
        await mei.PressSignOutAsync();
        await mei.SignInAsync("mei");

        await MakeARepositoryAsync(mei, javaScript);
        var meiToken = await MakeATokenAsync(mei);
        await CommitAsync(server, "mei", meiToken, "from-mei.txt");
        await mei.GoAsync("/r/climate-model/tree/trunk");
        await mei.SeeAsync("from-mei.txt");
        var invitation = await InviteAsync(mei);

        await using var outsiderContext = await chromium.VisitAsync(server.Address, javaScript);
        var outsider = new PortalVisitor(await outsiderContext.NewPageAsync());
        await outsider.Page.GotoAsync(invitation);
        await outsider.SeeHeadingAsync("Mei Tanaka invites you to climate-model");
        await outsider.FillAccountAsync("arossi", "Anna Rossi");
        await outsider.FillPasswordAsync();
        await outsider.PressAsync("Make the account and accept");
        await outsider.SeeHeadingAsync("climate-model");
        await CommitAsync(server, "arossi", await MakeATokenAsync(outsider), "from-elsewhere.txt");

        await administrator.FollowAsync("Administration");
        await administrator.SeeHeadingAsync("Inventory");
        // Two members, one of them from elsewhere, and the third revision.
        var row = administrator.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "climate-model" });
        var cells = await row.GetByRole(AriaRole.Cell).AllInnerTextsAsync();
        Assert.Equal(["mei", "Standard", "ready", "node-1", "3"], cells.Skip(1).Take(5));
        Assert.Equal(["2", "1"], cells.Skip(7).Take(2));
    }

    public ValueTask DisposeAsync()
    {
        _scratch.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task BecomeFirstAdministratorAsync(PortalVisitor visitor, string setupLink)
    {
        await visitor.GoAsync(setupLink);
        await visitor.FillAccountAsync("anna", "Anna Fischer", "anna@lab.example");
        await visitor.FillPasswordAsync();
        await visitor.PressAsync("Make the account");
        await visitor.SeeAsync("You are the administrator.");
    }

    private static async Task<string> AddAResearcherAsync(PortalVisitor administrator)
    {
        await administrator.FillAccountAsync("mei", "Mei Tanaka", "mei@lab.example");
        await administrator.PressAsync("Add");
        await administrator.SeeAsync("Mei Tanaka has an account now.");
        return await administrator.Page.GetByLabel("Link to choose a password", new() { Exact = true }).InnerTextAsync();
    }

    private static async Task MakeARepositoryAsync(PortalVisitor mei, bool javaScript)
    {
        await mei.FollowAsync("New repository");
        await mei.FillAsync("Name", "no spaces please");
        if (javaScript)
            await mei.SeeAsync("not possible");
        await mei.PressAsync("Create repository");
        await Assertions.Expect(mei.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("A name consists of lower-case letters");
        Assert.Equal("no spaces please", await mei.Page.GetByLabel("Name", new() { Exact = true }).InputValueAsync());

        await mei.FillAsync("Name", "climate-model");
        if (javaScript)
            await mei.SeeAsync("✓ free");
        await mei.FillAsync("What is it for? (optional)", "Coupled ocean and ice model");
        await mei.PressAsync("Create repository");
        await mei.SeeHeadingAsync("climate-model");
        await mei.SeeAsync("Bring in your files");
    }

    private static async Task<string> MakeATokenAsync(PortalVisitor visitor)
    {
        await visitor.GoAsync("/account/tokens");
        await visitor.FillAsync("Where will you use it?", "laptop");
        await visitor.PressAsync("Make the token");
        var token = await visitor.Page.GetByLabel("Token", new() { Exact = true }).InnerTextAsync();
        await visitor.Page.ReloadAsync();
        await visitor.SeeAsync("read and write");
        await Assertions.Expect(visitor.Page.GetByText(token)).ToHaveCountAsync(0);
        return token;
    }

    private static async Task<string> InviteAsync(PortalVisitor mei)
    {
        await mei.GoAsync("/r/climate-model/people");
        await mei.FillAsync("E-mail address or user name", "a.rossi@elsewhere.example");
        await mei.PressAsync("Invite");
        await mei.SeeAsync("a.rossi@elsewhere.example is invited as writer.");
        return await mei.Page.GetByLabel("Invitation link", new() { Exact = true }).InnerTextAsync();
    }

    private async Task CommitAsync(RunningServer server, string user, string token, string file)
    {
        var svn = new SvnClient(_scratch.Path, user, token);
        var workingCopy = $"wc-{user}-{Guid.NewGuid():n}";
        await svn.RunAsync("checkout", new Uri(server.Address, "repos/climate-model/trunk").ToString(), workingCopy);
        await File.WriteAllTextAsync(_scratch[$"{workingCopy}/{file}"], "one\n", TestContext.Current.CancellationToken);
        await svn.RunAsync("add", $"{workingCopy}/{file}");
        await svn.RunAsync("commit", workingCopy, "-m", $"Add {file}");
    }
}
