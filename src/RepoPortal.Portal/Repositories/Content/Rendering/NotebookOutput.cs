namespace RepoPortal.Portal.Repositories.Content.Rendering;

/// <summary>How an output of a notebook is shown.</summary>
public enum NotebookOutputKind
{
    /// <summary>As it is.</summary>
    Text,

    /// <summary>What went to the stream for errors, and what ended the cell.</summary>
    Error,

    /// <summary>A picture: its content is a <c>data:</c> address.</summary>
    Picture,

    /// <summary>HTML that the notebook brings along, before it is sanitised.</summary>
    Html,

    /// <summary>Words, as Markdown.</summary>
    Markdown,

    /// <summary>A sentence in place of what is not shown.</summary>
    Omission,
}

/// <summary>Something that came of a cell.</summary>
/// <param name="Kind">How it is shown.</param>
/// <param name="Content">What.</param>
public sealed record NotebookOutput(NotebookOutputKind Kind, string Content);
