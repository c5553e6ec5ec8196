using System.Reflection;
using System.Runtime.CompilerServices;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace RepoPortal.Tests.Architecture;

/// <summary>Only Portal opens the database. Only StorageNode touches repositories. Only Svn says nint. And references run one way.</summary>
public sealed class TheThreeSentences
{
    private static readonly string[] Ours = ["RepoPortal.Contracts", "RepoPortal.Gateway", "RepoPortal.Portal", "RepoPortal.StorageNode", "RepoPortal.Svn", "repoportal"];

    private static readonly ArchUnitNET.Domain.Architecture Code =
        new ArchLoader().LoadAssemblies([.. Ours.Select(Assembly.Load)]).Build();

    [Theory]
    [InlineData("RepoPortal.Contracts", "")]
    [InlineData("RepoPortal.Svn", "")]
    [InlineData("RepoPortal.Gateway", "RepoPortal.Contracts")]
    [InlineData("RepoPortal.Portal", "RepoPortal.Contracts")]
    [InlineData("RepoPortal.StorageNode", "RepoPortal.Contracts RepoPortal.Svn")]
    public void References_run_from_roles_to_contracts_and_from_the_storage_node_to_svn(string assembly, string allowed)
    {
        var referenced = Assembly.Load(assembly).GetReferencedAssemblies().Select(name => name.Name!).Intersect(Ours, StringComparer.Ordinal);
        Assert.Empty(referenced.Except(allowed.Split(' '), StringComparer.Ordinal));
    }

    [Fact]
    public void Only_the_portal_opens_the_database()
    {
        foreach (var assembly in Ours.Except(["RepoPortal.Portal"], StringComparer.Ordinal))
        {
            var referenced = Assembly.Load(assembly).GetReferencedAssemblies().Select(name => name.Name!);
            Assert.DoesNotContain(referenced, name => name.Contains("EntityFramework", StringComparison.Ordinal)
                || name.StartsWith("Npgsql", StringComparison.Ordinal) || name.Contains("Sqlite", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Only_the_storage_node_touches_repositories() =>
        Types().That().ResideInAssemblyMatching("^(RepoPortal\\.(Contracts|Gateway|Portal)|repoportal),").Should()
            .NotDependOnAnyTypesThat().ResideInAssemblyMatching("^RepoPortal\\.Svn,").Check(Code);

    [Fact]
    public void Only_svn_says_nint()
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var said = Ours.Except(["RepoPortal.Svn"], StringComparer.Ordinal).SelectMany(name => Assembly.Load(name).GetTypes())
            .Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
            .SelectMany(type => type.GetMethods(All).SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType)
                    .Select(used => (Where: $"{type}.{method.Name}", Type: used)))
                .Concat(type.GetFields(All).Select(field => (Where: $"{type}.{field.Name}", Type: field.FieldType))))
            .Where(use => use.Type == typeof(nint) || use.Type == typeof(nuint) || use.Type.IsPointer)
            .Select(use => use.Where);
        Assert.Empty(said);
    }

    [Fact]
    public void What_svn_shows_to_others_has_no_nint()
    {
        var shown = Assembly.Load("RepoPortal.Svn").GetExportedTypes()
            .SelectMany(type => type.GetMethods().SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType)));
        Assert.DoesNotContain(shown, type => type == typeof(nint) || type.IsPointer);
    }
}
