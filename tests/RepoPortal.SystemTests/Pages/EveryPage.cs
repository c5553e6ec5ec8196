using Microsoft.Playwright;

namespace RepoPortal.SystemTests.Pages;

/// <summary>What holds for each page: accessible, in both colours, without horizontal scrolling, under the content security policy. Pictures are kept.</summary>
public sealed class EveryPage(PopulatedPortal portal) : IClassFixture<PopulatedPortal>
{
    private const int Phone = 360;

    public static TheoryData<string, string, string> Pages => new()
    {
        { "", "welcome", "/" },
        { "", "sign-in", "/sign-in?returnUrl=%2Fnew" },
        { "", "invitation", "INVITATION" },
        { "", "invitation-unknown", "/invitations/nothing" },
        { "", "invitation-code", "/invitation" },
        { "", "setup-used", "/setup?code=nothing" },
        { "", "set-password", "/set-password?user=mei&code=nothing" },
        { "", "not-found", "/r/nothing" },
        { "mei", "repositories", "/" },
        { "anna", "repositories-first-visit", "/" },
        { "mei", "repositories-none-found", "/?search=nothing" },
        { "mei", "new", "/new" },
        { "mei", "new-import", "/new/import" },
        { "mei", "import-failed", "/r/cut-short" },
        { "mei", "import-again", "/r/cut-short/import" },
        { "mei", "task", "TASK" },
        { "mei", "repository", "/r/climate-model" },
        { "mei", "directory", "/r/climate-model/tree/trunk" },
        { "mei", "directory-pinned", "/r/climate-model/tree/trunk?rev=2" },
        { "mei", "directory-many", "/r/sea-ice-data/tree/trunk/stations" },
        { "mei", "directory-project", "/r/sea-ice-data/tree/trunk" },
        { "", "directory-public", "/r/sea-ice-data" },
        { "mei", "directory-filtered", "/r/sea-ice-data/tree/trunk/stations?filter=nothing" },
        { "mei", "file", "/r/sea-ice-data/tree/trunk/src/drift.py" },
        { "mei", "file-range", "/r/sea-ice-data/tree/trunk/src/drift.py#L3-L6" },
        { "mei", "file-markdown", "/r/sea-ice-data/tree/trunk/README.md" },
        { "mei", "file-table", "/r/sea-ice-data/tree/trunk/stations.csv" },
        { "mei", "file-picture", "/r/sea-ice-data/tree/trunk/chart.svg" },
        { "mei", "file-notebook", "/r/sea-ice-data/tree/trunk/thickness.ipynb" },
        { "mei", "file-notebook-source", "/r/sea-ice-data/tree/trunk/thickness.ipynb?view=source" },
        { "mei", "file-notebook-broken", "/r/sea-ice-data/tree/trunk/broken.ipynb" },
        { "mei", "file-pdf", "/r/sea-ice-data/tree/trunk/docs/report.pdf" },
        { "mei", "file-binary", "/r/climate-model/tree/trunk/noise.dat" },
        { "mei", "file-long-lines", "/r/sea-ice-data/tree/trunk/minified.js" },
        { "mei", "file-link", "/r/sea-ice-data/tree/trunk/latest" },
        { "mei", "find", "/r/sea-ice-data/find" },
        { "mei", "find-query", "/r/sea-ice-data/find?q=srdpy&rev=HEAD" },
        { "mei", "find-none", "/r/sea-ice-data/find?q=xyzzy" },
        { "mei", "find-nowhere", "/r/sea-ice-data/find?in=/nothing" },
        { "mei", "path-nothing", "/r/sea-ice-data/tree/trunk/nothing/at/all" },
        { "mei", "path-deleted", "/r/sea-ice-data/tree/trunk/old-notes.txt" },
        { "mei", "revision-none", "/r/sea-ice-data/tree/trunk?rev=abc" },
        { "mei", "empty", "/r/empty-one" },
        { "mei", "long-name", $"/r/{PopulatedPortal.LongName}" },
        { "mei", "log", "/r/climate-model/log/" },
        { "mei", "log-file", "/r/climate-model/log/branches/ice/model.py" },
        { "mei", "log-narrow", "/r/climate-model/log/?author=nobody&since=2020-01-01" },
        { "mei", "log-missing", "/r/climate-model/log/trunk/nothing?rev=3" },
        { "mei", "log-none", "/r/empty-one/log/" },
        { "mei", "branches", "/r/climate-model/branches" },
        { "mei", "tags", "/r/climate-model/branches?show=tags" },
        { "mei", "tags-many", "/r/sea-ice-data/branches?show=tags" },
        { "mei", "branches-none", "/r/empty-one/branches" },
        { "mei", "branches-none-yet", $"/r/{PopulatedPortal.LongName}/branches" },
        { "mei", "branches-missing", "/r/climate-model/branches/nothing" },
        { "mei", "activity", "/r/climate-model/activity?period=all" },
        { "mei", "activity-none", "/r/empty-one/activity" },
        { "mei", "revision", "/r/climate-model/rev/4" },
        { "mei", "revision-split", "/r/climate-model/rev/4?view=split&w=1" },
        { "mei", "revision-whole-files", "/r/climate-model/rev/4?context=all" },
        { "mei", "revision-path", "/r/climate-model/rev/4?path=/trunk/model.py" },
        { "mei", "revision-branch", "/r/climate-model/rev/5" },
        { "mei", "revision-binary", "/r/climate-model/rev/2" },
        { "mei", "revision-missing", "/r/climate-model/rev/99" },
        { "anna", "revision-administrator", "/r/empty-one/rev/0" },
        { "mei", "compare-form", "/r/climate-model/compare" },
        { "mei", "compare", "/r/climate-model/compare?from=trunk@3&to=branches/ice@HEAD" },
        { "mei", "compare-same", "/r/climate-model/compare?from=trunk@4&to=branches/ice@5" },
        { "mei", "compare-refused", "/r/climate-model/compare?from=trunk@x&to=trunk" },
        { "mei", "blame", "/r/climate-model/blame/trunk/model.py" },
        { "mei", "blame-merged", "/r/climate-model/blame/trunk/model.py?merged=true" },
        { "mei", "message", "/r/climate-model/rev/4/message" },
        { "anna", "message-administrator", "/r/empty-one/rev/0/message" },
        { "mei", "revision-corrected", "/r/climate-model/rev/6" },
        { "mei", "unlock", "/r/sea-ice-data/unlock/trunk/stations.csv" },
        { "mei", "locks", "/r/sea-ice-data/locks" },
        { "mei", "locks-none", "/r/climate-model/locks" },
        { "mei", "unlock-nothing", "/r/sea-ice-data/unlock/trunk/README.md" },
        { "mei", "blame-directory", "/r/climate-model/blame/trunk" },
        { "mei", "search", "/r/sea-ice-data/search?q=drift" },
        { "mei", "search-messages", "/r/climate-model/search?q=model&in=messages" },
        { "mei", "search-nothing", "/r/sea-ice-data/search?q=nothingatall" },
        { "mei", "search-refused", "/r/sea-ice-data/search?q=%3F%21" },
        { "mei", "search-begin", "/r/empty-one/search" },
        { "anna", "search-administrator", "/r/empty-one/search?q=ice" },
        { "mei", "people", "/r/climate-model/people" },
        { "mei", "rules", "/r/climate-model/rules" },
        { "mei", "rules-none", "/r/empty-one/rules" },
        { "mei", "rules-edit", "/r/climate-model/rules/edit?path=/trunk" },
        { "mei", "rules-history", "/r/climate-model/rules/history" },
        { "mei", "why", "/r/climate-model/why?user=ingrid&path=/trunk/embargoed" },
        { "mei", "why-refused", "/r/climate-model/why?user=ingrid&path=trunk" },
        { "mei", "usage", "/r/climate-model/usage" },
        { "mei", "usage-none", "/r/empty-one/usage" },
        { "mei", "repository-audit", "/r/climate-model/audit" },
        { "mei", "promise", "/r/climate-model/promise" },
        { "mei", "settings", "/r/climate-model/settings" },
        { "mei", "confirm", "/r/climate-model/confirm" },
        { "mei", "confirm-archived", "/r/finished-work/confirm" },
        { "mei", "account-hand-over", "/account/hand-over" },
        { "mei", "archived", "/r/finished-work" },
        { "mei", "archived-settings", "/r/finished-work/settings" },
        { "mei", "deleted", "/r/thrown-away" },
        { "mei", "trash", "/trash" },
        { "mei", "settings-asked", "/r/empty-one/settings" },
        { "", "forgot", "/forgot" },
        { "", "sign-in-code", "/sign-in/code" },
        { "mei", "account", "/account" },
        { "mei", "security", "/account/security" },
        { "mei", "sessions", "/account/sessions" },
        { "mei", "authenticator", "/account/security/authenticator" },
        { "mei", "confirm-email-unknown", "/confirm-email/nothing" },
        { "mei", "service-accounts", "/account/service-accounts" },
        { "mei", "tokens", "/account/tokens" },
        { "mei", "groups", "/groups" },
        { "mei", "group", "/groups/sea-ice" },
        { "mei", "collaborators", "/collaborators" },
        { "mei", "collaborator", "/collaborators?user=ingrid" },
        { "mei", "denied", "/admin" },
        { "anna", "inventory", "/admin" },
        { "anna", "inventory-filtered", "/admin?search=model&tier=standard&sort=-size" },
        { "anna", "inventory-condition", "/admin?condition=asked&promise=unknown" },
        { "anna", "bulk", "/admin/bulk" },
        { "anna", "everybody", "/admin/people" },
        { "anna", "hand-over", "/admin/people/mei/hand-over" },
        { "anna", "hand-over-nothing", "/admin/people/ingrid/hand-over" },
        { "anna", "every-collaborator", "/admin/collaborators" },
        { "anna", "orphans", "/admin/orphans" },
        { "anna", "promises", "/admin/promises" },
        { "anna", "promise-administrator", "/r/climate-model/promise" },
        { "anna", "audit", "/admin/audit" },
        { "anna", "audit-refused", "/admin/audit?cursor=nothing" },
        { "anna", "policy", "/admin/policy" },
        { "anna", "tiers", "/admin/tiers" },
        { "anna", "tier", "/admin/tiers/edit?tier=standard" },
        { "anna", "tier-new", "/admin/tiers/edit" },
        { "anna", "tier-requests", "/admin/tier-requests" },
        { "anna", "outgrown", "/admin/drift" },
        { "anna", "settings-administrator", "/r/climate-model/settings" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Is_accessible_fits_every_width_and_obeys_its_policy(string user, string name, string path)
    {
        var sight = await portal.SightAsync(user);
        await sight.OpenAsync(path switch { "INVITATION" => portal.Invitation, "TASK" => portal.Task, _ => path });
        await sight.LookAsync(name);
    }

    [Fact]
    public async Task So_are_the_rules_before_they_are_saved_and_what_refuses_them()
    {
        var sight = await portal.SightAsync("mei");
        var visitor = new PortalVisitor(sight.Page);
        await sight.OpenAsync("/r/climate-model/rules/edit?path=/trunk/model");
        await visitor.FillAsync("Name of the person or group (optional)", "ingrid");
        await visitor.PressAsync("Add the rule");
        await visitor.SeeAsync("/trunk/model");
        await visitor.PressAsync("Review the changes");
        await visitor.SeeAsync("What saving would change");
        await sight.LookAsync("rules-review");

        await sight.OpenAsync("/r/climate-model/rules/edit?path=/");
        await visitor.FillAsync("Name of the person or group (optional)", "mei");
        await visitor.PressAsync("Add the rule");
        await visitor.SeeAsync("mei may read it");
        await visitor.PressAsync("Review the changes");
        await visitor.SeeAsync("You would lock yourself out of");
        await sight.LookAsync("rules-refused");
    }

    [Fact]
    public async Task So_is_a_message_that_is_refused()
    {
        var sight = await portal.SightAsync("mei");
        var visitor = new PortalVisitor(sight.Page);
        await sight.OpenAsync("/r/climate-model/rev/3/message");
        await visitor.FillAsync("Message", "");
        await visitor.PressAsync("Correct the message");
        await visitor.SeeAsync("A message cannot be taken away.");
        await sight.LookAsync("message-refused");
    }

    [Fact]
    public async Task So_are_the_list_of_shortcuts_and_the_question_for_a_line()
    {
        var sight = await portal.SightAsync("mei");
        await sight.OpenAsync("/r/sea-ice-data/tree/trunk/src/drift.py");
        await sight.Page.Keyboard.PressAsync("?");
        await Assertions.Expect(sight.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("See who wrote each line");
        await sight.LookAsync("shortcuts");
        await sight.Page.Keyboard.PressAsync("Escape");
        await sight.Page.Keyboard.PressAsync("l");
        await Assertions.Expect(sight.Page.GetByLabel("Line, or lines such as 10-20")).ToBeFocusedAsync();
        await sight.LookAsync("shortcut-line");
    }

    [Fact]
    public async Task So_is_a_tier_before_it_is_saved_and_what_refuses_it()
    {
        var sight = await portal.SightAsync("anna");
        var visitor = new PortalVisitor(sight.Page);
        await sight.OpenAsync("/admin/tiers/edit?tier=best-effort");
        await visitor.FillAsync("Backup every", "often");
        await visitor.PressAsync("Review the changes");
        await visitor.SeeAsync("'often' is no span of time");
        await sight.LookAsync("tier-refused");

        await visitor.FillAsync("Backup every", "6 h");
        await visitor.FillAsync("Quota of a repository (optional)", "20 GiB");
        await visitor.PressAsync("Review the changes");
        await visitor.SeeAsync("What saving would change");
        await visitor.SeeAsync("20 GiB");
        await sight.LookAsync("tier-review");
    }

    [Fact]
    public async Task So_is_what_would_be_done_to_many_before_it_is_begun_and_afterwards()
    {
        var sight = await portal.SightAsync("anna");
        var visitor = new PortalVisitor(sight.Page);
        await sight.OpenAsync("/admin?owner=mei");
        await visitor.PressAsync("Show what would happen");
        await visitor.SeeAsync("Choose at least one repository.");
        await sight.LookAsync("bulk-refused");

        await sight.Page.GetByLabel("Tick climate-model").CheckAsync();
        await sight.Page.GetByLabel($"Tick {PopulatedPortal.LongName}").CheckAsync();
        await sight.Page.GetByLabel("Tick thrown-away").CheckAsync();
        await sight.Page.GetByLabel("What?").SelectOptionAsync("back-up");
        await visitor.PressAsync("Show what would happen");
        await visitor.SeeAsync("Nothing has happened yet");
        await visitor.SeeAsync("is not ready, so there is nothing to do for it.");
        await sight.LookAsync("bulk-preview");

        await visitor.PressAsync("Do it for 2 repositories");
        await visitor.SeeAsync("Done for 2 repositories.");
        await sight.LookAsync("bulk-done");
        await visitor.FollowAsync("Back to the inventory");
        await Assertions.Expect(sight.Page).ToHaveURLAsync(new Uri(portal.Server.Address, "/admin?owner=mei").ToString());
    }

    [Fact]
    public async Task The_first_visit_transfers_less_than_150_kB()
    {
        await using var context = await portal.VisitAsync("", ColorScheme.Light, Phone);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/", new() { WaitUntil = WaitUntilState.NetworkIdle });
        var bytes = await page.EvaluateAsync<long>(
            "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce((sum, entry) => sum + entry.transferSize, 0)");
        Assert.InRange(bytes, 1_000, 150_000);
    }

    [Fact]
    public async Task The_colours_that_somebody_chose_win_over_the_systems()
    {
        await using var context = await portal.VisitAsync("", ColorScheme.Light, Phone);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Dark" }).ClickAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-bs-theme", "dark");
        Assert.Equal(new Uri(portal.Server.Address, "/sign-in"), new Uri(page.Url));
        Assert.Equal("rgb(15, 21, 26)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
    }

    [Fact]
    public async Task Everything_on_a_page_is_reached_by_keyboard_beginning_with_the_link_to_the_content()
    {
        await using var context = await portal.VisitAsync("mei", ColorScheme.Light, 1280);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/r/climate-model/people");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to content", await page.EvaluateAsync<string>("document.activeElement.textContent"));
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("main", await page.EvaluateAsync<string>("document.activeElement.id"));
    }
}
