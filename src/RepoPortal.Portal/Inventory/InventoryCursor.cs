using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace RepoPortal.Portal.Inventory;

/// <summary>A place between two rows of the inventory, as it stands in an address. It names the row beside it, so rows that come and go move no page.</summary>
/// <param name="Sort">The order it belongs to.</param>
/// <param name="Descending">The order's direction.</param>
/// <param name="Backwards">True to read the page that ends before the row, false for the one that begins after it.</param>
/// <param name="Key">The row's value in the order's column.</param>
/// <param name="Name">The row's name.</param>
/// <param name="Position">How many rows stood before the page when the cursor was made; for showing only.</param>
internal sealed record InventoryCursor(InventorySort Sort, bool Descending, bool Backwards, string Key, string Name, long Position)
{
    internal string Encode() => WebEncoders.Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes(this));

    /// <summary>Reads what <see cref="Encode"/> wrote; null for anything else.</summary>
    internal static InventoryCursor? Decode(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<InventoryCursor>(WebEncoders.Base64UrlDecode(text)) is { Key: not null, Name: not null } cursor ? cursor : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }
}
