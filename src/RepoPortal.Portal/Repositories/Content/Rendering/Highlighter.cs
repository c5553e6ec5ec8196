using System.Collections.Concurrent;
using System.Text;
using TextMateSharp.Grammars;
using TextMateSharp.Registry;

namespace RepoPortal.Portal.Repositories.Content.Rendering;

/// <summary>Lines of code as HTML.</summary>
/// <param name="Lines">Each line's HTML: text that is encoded, in spans with classes.</param>
/// <param name="Language">What it was taken for; null for plain text.</param>
/// <param name="IsPartial">Whether the rest was left plain, because it took too long.</param>
internal sealed record HighlightedCode(IReadOnlyList<string> Lines, string? Language, bool IsPartial);

/// <summary>Colours code by the grammars that editors use (TextMate's), in classes that <c>code.css</c> knows.</summary>
/// <remarks>Grammars compile their expressions while they are used, so one is used by one thread at a time.</remarks>
internal sealed class Highlighter(TimeProvider time) : IDisposable
{
    // For all of a file; what is left then stays plain, and the page says so.
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(1);

    // An expression that goes wrong on a line cannot be stopped, so lines that nobody wrote by hand are left alone.
    private const int MostCharacters = 1000;

    private static readonly Lazy<Languages> Known = new(() => new Languages());

    private readonly ConcurrentBag<Registry> _idle = [];
    private readonly SemaphoreSlim _turns = new(Environment.ProcessorCount);

    /// <summary>The lines of a file as HTML.</summary>
    /// <param name="fileName">Its name, which tells the language.</param>
    /// <param name="lines">Its lines, without their ends.</param>
    /// <param name="cancellationToken">The request.</param>
    public async Task<HighlightedCode> RunAsync(string fileName, IReadOnlyList<string> lines, CancellationToken cancellationToken) =>
        (await RunAsync(fileName, [lines], cancellationToken))[0];

    /// <summary>The lines of several texts in one language, none of which goes on where another ended. They share the time that there is.</summary>
    /// <param name="fileName">The name of a file in that language.</param>
    /// <param name="texts">The lines of each.</param>
    /// <param name="cancellationToken">The request.</param>
    public async Task<IReadOnlyList<HighlightedCode>> RunAsync(string fileName, IReadOnlyList<IReadOnlyList<string>> texts, CancellationToken cancellationToken)
    {
        if (texts.All(lines => lines.Count == 0) || Known.Value.Find(fileName) is not { } language)
            return [.. texts.Select(Plain)];
        await _turns.WaitAsync(cancellationToken);
        var registry = _idle.TryTake(out var idle) ? idle : new Registry(Known.Value.Options);
        try
        {
            var began = time.GetTimestamp();
            return registry.LoadGrammar(language.Scope) is { } grammar
                ? [.. texts.Select(lines => Run(grammar, language.Name, lines, began, cancellationToken))]
                : [.. texts.Select(Plain)];
        }
        finally
        {
            _idle.Add(registry);
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();

    private static HighlightedCode Plain(IReadOnlyList<string> lines) => new([.. lines.Select(CodeHtml.Encode)], null, false);

    private HighlightedCode Run(IGrammar grammar, string language, IReadOnlyList<string> lines, long began, CancellationToken cancellationToken)
    {
        var html = new List<string>(lines.Count);
        var isPartial = false;
        IStateStack? state = null;
        foreach (var line in lines)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var left = MostTime - time.GetElapsedTime(began);
            isPartial |= left <= TimeSpan.Zero;
            if (isPartial || line.Length > MostCharacters)
            {
                html.Add(CodeHtml.Encode(line));
                continue;
            }

            var result = grammar.TokenizeLine(line, state, left);
            state = result.RuleStack;
            html.Add(Write(line, result.Tokens));
        }

        return new HighlightedCode(html, language, isPartial);
    }

    private static string Write(string line, IToken[] tokens)
    {
        var html = new StringBuilder(line.Length * 2);
        string? open = null;
        foreach (var token in tokens)
        {
            // The grammar sees a line end that is not in the text.
            var (start, end) = (Math.Min(token.StartIndex, line.Length), Math.Min(token.EndIndex, line.Length));
            if (start >= end)
                continue;
            var css = ScopeClass.Of(token.Scopes);
            if (css != open)
            {
                if (open is not null)
                    html.Append("</span>");
                if (css is not null)
                    html.Append("<span class=").Append(css).Append('>');
                open = css;
            }

            html.Append(CodeHtml.Encode(line[start..end]));
        }

        if (open is not null)
            html.Append("</span>");
        return html.ToString();
    }
}
