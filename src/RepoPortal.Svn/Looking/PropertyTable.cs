using RepoPortal.Svn.Interop;

namespace RepoPortal.Svn.Looking;

/// <summary>libsvn's table of properties: names to counted bytes.</summary>
internal static unsafe class PropertyTable
{
    /// <summary>Copies everything; a null table is an empty one.</summary>
    public static IReadOnlyDictionary<string, SvnPropertyValue> Copy(apr_hash_t* table, apr_pool_t* pool)
    {
        var properties = new Dictionary<string, SvnPropertyValue>(StringComparer.Ordinal);
        if (table is null) return properties;
        for (var index = Apr.apr_hash_first(pool, table); index is not null; index = Apr.apr_hash_next(index))
        {
            byte* name;
            svn_string_t* value;
            Apr.apr_hash_this(index, (void**)&name, null, (void**)&value);
            properties[Utf8.String(name)!] = new SvnPropertyValue(value->Bytes.ToArray());
        }

        return properties;
    }

    /// <summary>One value as text; null when it is not in the table.</summary>
    public static string? Text(apr_hash_t* table, ReadOnlySpan<byte> name)
    {
        if (table is null) return null;
        fixed (byte* key = name)
        {
            var value = (svn_string_t*)Apr.apr_hash_get(table, key, name.Length);
            return value is null ? null : Utf8.String(*value);
        }
    }
}
