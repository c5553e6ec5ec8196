using System.Diagnostics.CodeAnalysis;

namespace RepoPortal.Portal.Outcomes;

/// <summary>What came of a use case: its result, or the refusal. Exceptions are left for broken worlds and bugs.</summary>
/// <typeparam name="T">The result.</typeparam>
[SuppressMessage("Usage", "CA2225", Justification = "A use case returns its result or its refusal; nobody calls the conversions by name.")]
public sealed class Outcome<T>
    where T : notnull
{
    private readonly T? _value;

    private Outcome(T? value, Refusal? refusal) => (_value, Refusal) = (value, refusal);

    /// <summary>The refusal; null when it was done.</summary>
    public Refusal? Refusal { get; }

    /// <summary>The result.</summary>
    /// <exception cref="InvalidOperationException">It was refused; ask <see cref="Refusal"/> first.</exception>
    public T Value => Refusal is null ? _value! : throw new InvalidOperationException($"refused: {Refusal.Sentence}");

    /// <summary>Hands out exactly one of the two.</summary>
    /// <returns>True when it was done.</returns>
    public bool Succeeded([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        (value, refusal) = (_value, Refusal);
        return refusal is null;
    }

    /// <summary>A result is an outcome.</summary>
    public static implicit operator Outcome<T>(T value) => new(value, null);

    /// <summary>A refusal is an outcome.</summary>
    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}

/// <summary>The result of a use case that has nothing to hand back.</summary>
public sealed record Done
{
    /// <summary>The one value.</summary>
    public static readonly Done Instance = new();

    private Done()
    {
    }
}
