using RepoPortal.Portal.Shell;

namespace RepoPortal.Tests.Portal.Shell;

public sealed class FormatTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1_000, "1.0 kB")]
    [InlineData(4_100, "4.1 kB")]
    [InlineData(9_960, "10 kB")]
    [InlineData(318_000_000, "318 MB")]
    [InlineData(999_600, "1.0 MB")]
    [InlineData(9_300_000_000, "9.3 GB")]
    [InlineData(long.MaxValue, "9223 PB")]
    public void Writes_sizes_in_decimal_units_with_two_digits_at_least(long bytes, string expected) => Assert.Equal(expected, Format.Size(bytes));

    [Fact]
    public void Groups_digits_by_a_narrow_space_that_does_not_break() => Assert.Equal("r1\u202f234\u202f567", Format.Revision(1_234_567));

    [Theory]
    [InlineData(60, "60 s")]
    [InlineData(600, "10 min")]
    [InlineData(3_600, "1 h")]
    [InlineData(86_400, "24 h")]
    [InlineData(7 * 86_400, "7 days")]
    public void Writes_promised_spans_in_the_unit_people_think_in(int seconds, string expected) =>
        Assert.Equal(expected, Format.Span(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(42, "0.04 s")]
    [InlineData(12_340, "12.3 s")]
    [InlineData(1_240_400, "1\u202f240 s")]
    public void Writes_what_something_took_in_seconds(int milliseconds, string expected) =>
        Assert.Equal(expected, Format.Took(TimeSpan.FromMilliseconds(milliseconds)));
}
