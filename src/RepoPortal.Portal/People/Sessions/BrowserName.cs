namespace RepoPortal.Portal.People.Sessions;

/// <summary>Says in two or three words what a browser calls itself in a long line. Only for people to recognise their machines by.</summary>
internal static class BrowserName
{
    // In this order: most browsers also claim to be those further down.
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl")];

    private static readonly (string Mark, string Name)[] Systems =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    /// <param name="userAgent">The header <c>User-Agent</c>, cut.</param>
    internal static string Of(string userAgent) => (Find(Browsers, userAgent), Find(Systems, userAgent)) switch
    {
        ({ } browser, { } system) => $"{browser} on {system}",
        ({ } browser, null) => browser,
        (null, { } system) => $"a browser on {system}",
        _ => "a browser without a name",
    };

    private static string? Find((string Mark, string Name)[] known, string text) =>
        Array.Find(known, pair => text.Contains(pair.Mark, StringComparison.Ordinal)).Name;
}
