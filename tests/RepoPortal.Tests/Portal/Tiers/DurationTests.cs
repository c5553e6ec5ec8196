using RepoPortal.Portal.Tiers;

namespace RepoPortal.Tests.Portal.Tiers;

public sealed class DurationTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("60 s", 60)]
    [InlineData("90min", 5400)]
    [InlineData(" 4 H ", 4 * 3600)]
    [InlineData("1 day", 86400)]
    [InlineData("30 days", 30 * 86400)]
    [InlineData("2 weeks", 14 * 86400)]
    [InlineData("1 year", 365 * 86400)]
    public void Reads_plain_units(string text, long seconds)
    {
        Assert.True(Duration.TryParse(text, out var read));
        Assert.Equal(seconds, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("5")]
    [InlineData("-1 h")]
    [InlineData("1.5 h")]
    [InlineData("4 fortnights")]
    [InlineData("99999999999999999999 s")]
    [InlineData("9000000000000000000 years")]
    [InlineData(null)]
    public void Refuses_everything_else(string? text) => Assert.False(Duration.TryParse(text, out _));

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(60, "60 s")]
    [InlineData(5400, "90 min")]
    [InlineData(3600, "1 h")]
    [InlineData(36 * 3600, "36 h")]
    [InlineData(86400, "1 day")]
    [InlineData(365 * 86400, "365 days")]
    [InlineData(3601, "3601 s")]
    public void Says_exactly_what_it_reads(long seconds, string words)
    {
        Assert.Equal(words, Duration.Words(seconds));
        Assert.True(Duration.TryParse(words, out var read));
        Assert.Equal(seconds, read);
    }

    [Theory]
    [InlineData("10 GiB", 10L << 30, "10 GiB")]
    [InlineData("1.5 gib", 3L << 29, "1536 MiB")]
    [InlineData("10 GB", 10_000_000_000, "9765625 KiB")]
    [InlineData("7 B", 7, "7 B")]
    public void Reads_amounts_and_writes_them_so_that_they_can_be_typed_again(string text, long bytes, string words)
    {
        Assert.True(ByteCount.TryParse(text, out var read));
        Assert.Equal(bytes, read);
        Assert.Equal(words, ByteCount.Words(bytes));
    }

    [Theory]
    [InlineData("10")]
    [InlineData("GiB")]
    [InlineData("-1 GiB")]
    [InlineData("9999999999 PiB")]
    [InlineData("1.2.3 GiB")]
    public void Refuses_amounts_without_sense(string text) => Assert.False(ByteCount.TryParse(text, out _));
}
