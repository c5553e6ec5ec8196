using System.Text.Json;

namespace RepoPortal.Portal.Outcomes;

/// <summary>How the values of an enumeration are written outside: kebab-case, as in <c>provisioning</c>.</summary>
internal static class Spelling
{
    /// <summary>The written form.</summary>
    internal static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>All written forms, in the order of the enumeration.</summary>
    internal static IEnumerable<string> All<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(Of);

    /// <summary>Reads the written form; numbers and other cases are not taken.</summary>
    internal static bool TryParse<T>(string? text, out T value)
        where T : struct, Enum
    {
        foreach (var candidate in Enum.GetValues<T>())
        {
            if (Of(candidate) == text)
            {
                value = candidate;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>A sentence that names what is allowed.</summary>
    internal static string Refuse<T>(string? text)
        where T : struct, Enum => $"'{text}' is not one of {string.Join(", ", All<T>())}.";
}
