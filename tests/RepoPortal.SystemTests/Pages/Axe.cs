using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace RepoPortal.SystemTests.Pages;

/// <summary>axe, the accessibility checker, within a page. It stays there, so that a second look costs no second injection.</summary>
internal static class Axe
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();
    private static readonly string[] Tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    private static readonly string[] AboutColour = ["color-contrast", "link-in-text-block"];

    /// <summary>What every rule complains about: the rule and the elements.</summary>
    public static async Task<string[]> FindAsync(IPage page)
    {
        await page.EvaluateAsync(Script);
        return await RunAsync(page, "tag", Tags);
    }

    /// <summary>After <see cref="FindAsync"/> on the same page in other colours: what the rules complain about that look at colours; for the others it is the same page.</summary>
    public static Task<string[]> FindByColourAsync(IPage page) => RunAsync(page, "rule", AboutColour);

    private static Task<string[]> RunAsync(IPage page, string type, string[] values) => page.EvaluateAsync<string[]>(
        """
        async only => (await axe.run(document, { runOnly: only, resultTypes: ['violations'] }))
            .violations.map(found => `${found.id}: ${found.nodes.map(node => node.html).join(', ')}`)
        """,
        new { type, values });
}
