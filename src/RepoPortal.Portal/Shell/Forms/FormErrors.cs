using System.Collections;

namespace RepoPortal.Portal.Shell.Forms;

/// <summary>What is wrong with a form: sentences, each for a field, in the order they were found.</summary>
public sealed class FormErrors : IEnumerable<FormErrors.Error>
{
    private readonly List<Error> _errors = [];

    /// <param name="Field">The field's name; null when the sentence concerns the whole form.</param>
    /// <param name="Sentence">What is wrong and what is allowed.</param>
    public sealed record Error(string? Field, string Sentence);

    public bool Any => _errors.Count > 0;

    public string? Of(string field) => _errors.Find(error => error.Field == field)?.Sentence;

    public void Add(string? field, string sentence) => _errors.Add(new Error(field, sentence));

    /// <inheritdoc/>
    public IEnumerator<Error> GetEnumerator() => _errors.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
