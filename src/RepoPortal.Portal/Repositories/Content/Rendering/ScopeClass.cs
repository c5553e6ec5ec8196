namespace RepoPortal.Portal.Repositories.Content.Rendering;

/// <summary>Which of our few classes stands for a place in a grammar. The innermost scope that has one decides.</summary>
internal static class ScopeClass
{
    // More particular scopes before those that begin like them; null ends the search without a class.
    private static readonly (string Scope, string? Class)[] Classes =
    [
        ("comment", "hc"),
        ("string.regexp", "hr"),
        ("string", "hs"),
        ("constant.character.escape", "hr"),
        ("constant", "hn"),
        ("support.constant", "hn"),
        ("keyword.operator.new", "hk"),
        ("keyword.operator.expression", "hk"),
        ("keyword.operator.logical.python", "hk"),
        ("keyword.operator", null),
        ("keyword", "hk"),
        ("storage", "hk"),
        ("variable.language", "hk"),
        ("entity.name.function", "hf"),
        ("support.function", "hf"),
        ("entity.name.tag", "hg"),
        ("entity.other.attribute-name", "ha"),
        ("entity.other.inherited-class", "ht"),
        ("entity.name.section", "hh"),
        ("entity.name.type", "ht"),
        ("entity.name.class", "ht"),
        ("entity.name.namespace", "ht"),
        ("support.type.property-name", "ha"),
        ("support.type", "ht"),
        ("support.class", "ht"),
        ("markup.heading", "hh"),
        ("markup.bold", "hb"),
        ("markup.italic", "hi"),
        ("markup.inserted", "hp"),
        ("markup.deleted", "hm"),
        ("markup.inline.raw", "hs"),
        // Code within a string is code again.
        ("meta.embedded", null),
        ("meta.interpolation", null),
        ("meta.template.expression", null),
    ];

    internal static string? Of(IReadOnlyList<string> scopes)
    {
        for (var depth = scopes.Count - 1; depth >= 0; depth--)
        {
            foreach (var (scope, css) in Classes)
            {
                if (IsIn(scopes[depth], scope))
                    return css;
            }
        }

        return null;
    }

    private static bool IsIn(string scope, string outer) =>
        scope.StartsWith(outer, StringComparison.Ordinal) && (scope.Length == outer.Length || scope[outer.Length] == '.');
}
