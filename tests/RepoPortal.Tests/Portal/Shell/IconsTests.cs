using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using RepoPortal.Portal.Shell;

namespace RepoPortal.Tests.Portal.Shell;

public sealed partial class IconsTests
{
    [Fact]
    public void Every_icon_that_a_page_names_is_vendored()
    {
        var pages = Directory.EnumerateFiles(Path.Combine(Root(), "src/RepoPortal.Portal"), "*.razor", SearchOption.AllDirectories).ToList();
        var named = pages.SelectMany(page => Named().Matches(File.ReadAllText(page))).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.StartsWith("<svg class=\"icon\"", Icons.Get(name), StringComparison.Ordinal));
    }

    [Fact]
    public void Names_the_folder_when_an_icon_is_missing() =>
        Assert.Contains("wwwroot/lib/bootstrap-icons", Assert.Throws<ArgumentException>(() => Icons.Get("no-such-icon")).Message, StringComparison.Ordinal);

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../.."));

    [GeneratedRegex("""(?:<Icon Name|Icon)="(?<name>[a-z0-9-]+)" """, RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Named();
}
