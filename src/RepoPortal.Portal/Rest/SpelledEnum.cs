using System.Text.Json;
using System.Text.Json.Serialization;

namespace RepoPortal.Portal.Rest;

/// <summary>A spelling that is not one of the enumeration's; the message names those that are.</summary>
internal sealed class SpellingException(string message) : JsonException(message);

/// <summary>Writes and reads an enumeration by its spelling, and names what is allowed when another one comes.</summary>
internal sealed class SpelledEnum<T> : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return Spelling.TryParse<T>(text, out var value) ? value : throw new SpellingException(Spelling.Refuse<T>(text));
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Spelling.Of(value));
}
