using System.Collections;

namespace RepoPortal.Portal.Shell.Forms;

/// <summary>What is wrong with a form: sentences, each for a field, in the order they were found.</summary>
public sealed class FormErrors : IEnumerable<FormErrors.Error>
{
    private readonly List<Error> _errors = [];

    /// <param name="Field">The field's name; null when the sentence concerns the whole form.</param>
    /// <param name="Sentence">What is wrong and what is allowed.</param>
    public sealed record Error(string? Field, string Sentence);

    /// <summary>True when the form cannot be taken.</summary>
    public bool Any => _errors.Count > 0;

    /// <summary>The sentence for a field; null when nothing is wrong with it.</summary>
    public string? Of(string field) => _errors.Find(error => error.Field == field)?.Sentence;

    /// <summary>Adds a sentence for a field, or with null for the whole form.</summary>
    public void Add(string? field, string sentence) => _errors.Add(new Error(field, sentence));

    /// <summary>Adds a use case's refusal; its fields are called as in the form.</summary>
    public void Add(Refusal refusal) => Add(refusal.Field, refusal.Sentence);

    /// <inheritdoc/>
    public IEnumerator<Error> GetEnumerator() => _errors.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
