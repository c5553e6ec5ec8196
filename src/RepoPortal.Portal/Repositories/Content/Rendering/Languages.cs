using TextMateSharp.Grammars;

namespace RepoPortal.Portal.Repositories.Content.Rendering;

/// <summary>The languages that there are grammars of, by names and extensions of files.</summary>
internal sealed class Languages
{
    // Names that say what is in them without an extension, and extensions that the grammars do not know.
    private static readonly Dictionary<string, string> Additions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["makefile"] = "makefile",
        ["gnumakefile"] = "makefile",
        ["makefile.am"] = "makefile",
        ["makefile.in"] = "makefile",
        [".mk"] = "makefile",
        ["dockerfile"] = "dockerfile",
        [".h"] = "cpp",
        [".hpp"] = "cpp",
        [".csproj"] = "xml",
        [".props"] = "xml",
        [".targets"] = "xml",
        [".svg"] = "xml",
        [".rst"] = "restructuredtext",
        [".bash"] = "shellscript",
        [".zsh"] = "shellscript",
        [".r"] = "r",
        [".ipynb"] = "json",
        [".geojson"] = "json",
    };

    private readonly Dictionary<string, Language> _byId;

    public Languages()
    {
        // A theme has to be named; colours are our own.
        Options = new RegistryOptions(ThemeName.Light);
        _byId = Options.GetAvailableLanguages().DistinctBy(language => language.Id).ToDictionary(language => language.Id, StringComparer.Ordinal);
    }

    public RegistryOptions Options { get; }

    /// <summary>The language of a file; null when it is not known.</summary>
    public (string Name, string Scope)? Find(string fileName)
    {
        var extension = Path.GetExtension(fileName);
        var language = (Additions.TryGetValue(fileName, out var id) || Additions.TryGetValue(extension, out id)) && _byId.TryGetValue(id, out var added)
            ? added
            : extension.Length > 1 ? Options.GetLanguageByExtension(extension) : null;
        return language is not null && Options.GetScopeByLanguageId(language.Id) is { } scope ? (language.Aliases?.FirstOrDefault() ?? language.Id, scope) : null;
    }
}
