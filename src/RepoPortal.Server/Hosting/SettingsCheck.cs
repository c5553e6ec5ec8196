using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace RepoPortal.Server.Hosting;

/// <summary>
/// Looks whether each setting can be read as what it is, before anything binds it: the binder's own exception names neither the setting in our words nor what is
/// allowed. Ranges and rules between settings are the options' own validation.
/// </summary>
internal static class SettingsCheck
{
    /// <exception cref="OptionsValidationException">Some settings are not allowed; there is a sentence for each.</exception>
    public static void Require(IConfiguration configuration, params IEnumerable<(string Section, Type Options)> known)
    {
        var failures = known.SelectMany(options => Failures(configuration.GetSection(options.Section), options.Options)).ToList();
        if (failures.Count > 0)
            throw new OptionsValidationException(ServerOptions.Section, typeof(ServerOptions), failures);
    }

    private static IEnumerable<string> Failures(IConfigurationSection section, Type options) =>
        from property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.CanWrite
        let text = section[property.Name]
        where text is not null
        let type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType
        where !CanBeRead(text, type)
        select $"{section.Path}:{property.Name} is '{text}'; allowed is {Allowed(type)}.";

    private static bool CanBeRead(string text, Type type) => type.IsEnum
        ? Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase)
        : TypeDescriptor.GetConverter(type).IsValid(text);

    private static string Allowed(Type type) => type switch
    {
        { IsEnum: true } => string.Join(", ", Enum.GetNames(type)),
        _ when type == typeof(TimeSpan) => "a duration such as 00:00:10",
        _ when type == typeof(bool) => "true or false",
        _ => "a whole number",
    };
}
