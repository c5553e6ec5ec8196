using System.Reflection;
using System.Runtime.InteropServices;
using RepoPortal.Svn.Interop;
using RepoPortal.Svn.Tests.Oracle;

namespace RepoPortal.Svn.Tests.Interop;

public sealed unsafe class LibSvnTests
{
    [Fact]
    public void Names_the_package_of_a_missing_library()
    {
        var missing = Assert.Throws<DllNotFoundException>(() => LibSvn.LoadLibrary("libsvn_absent-1.so.1", "libsvn1"));
        Assert.Contains("'libsvn_absent-1.so.1'", missing.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install libsvn1", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Loads_the_version_that_the_programs_use() =>
        Assert.Equal(Tool.Run("svnadmin", "--version", "--quiet").Trim(), SvnLibrary.Load().ToString());

    [Fact]
    public void Has_the_handler_that_raises_malfunctions()
    {
        SvnLibrary.Load();
        var expected = NativeLibrary.GetExport(NativeLibrary.Load(SvnSubr.Library), "svn_error_raise_on_malfunction");
        Assert.Equal(expected, (nint)SvnSubr.svn_error_get_malfunction_handler());
    }

    [Fact]
    public void Shows_no_pointer_to_anyone_outside()
    {
        const BindingFlags Visible = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var shown = from type in typeof(SvnLookClient).Assembly.GetExportedTypes()
                    from member in type.GetMembers(Visible)
                    from used in Types(member)
                    where used.IsPointer || used.IsFunctionPointer || used == typeof(nint) || used == typeof(nuint) || typeof(SafeHandle).IsAssignableFrom(used)
                    select $"{type.Name}.{member.Name}";
        Assert.Empty(shown);
    }

    private static IEnumerable<Type> Types(MemberInfo member) => member switch
    {
        MethodInfo method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType),
        ConstructorInfo constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType),
        PropertyInfo property => [property.PropertyType],
        FieldInfo field => [field.FieldType],
        _ => [],
    };
}
