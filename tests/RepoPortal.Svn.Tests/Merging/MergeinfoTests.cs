using RepoPortal.Svn.Pools;

namespace RepoPortal.Svn.Tests.Merging;

public sealed class MergeinfoTests
{
    [Fact]
    public void Reads_what_Subversion_writes()
    {
        Assert.True(SvnMergeinfo.TryParse("/trunk:3-5,8*,10\n/branches/größer é:7", out var mergeinfo));

        Assert.Equal(["/branches/größer é", "/trunk"], mergeinfo.Sources.Order(StringComparer.Ordinal));
        Assert.Equal([new SvnMergeRange(3, 5, true), new SvnMergeRange(8, 8, false), new SvnMergeRange(10, 10, true)], mergeinfo.RangesOf("/trunk"));
        Assert.Equal([false, true, true, false, false, true, false], new long[] { 2, 3, 5, 6, 8, 10, 11 }.Select(revision => mergeinfo.Contains("/trunk", revision)));
        Assert.True(mergeinfo.Contains("/branches/größer é", 7));
        Assert.False(mergeinfo.Contains("/elsewhere", 7));
        Assert.Equal(0, SvnPool.Live);
    }

    [Fact]
    public void Nothing_is_nothing()
    {
        Assert.True(SvnMergeinfo.TryParse("", out var mergeinfo));
        Assert.Empty(mergeinfo.Sources);
    }

    [Theory]
    [InlineData("no colon")]
    [InlineData("/trunk:")]
    [InlineData("/trunk:x")]
    [InlineData("/trunk:5-3")]
    [InlineData("/trunk:3\0")]
    [InlineData("trunk 3")]
    public void Says_of_other_text_that_it_cannot_be_read(string text)
    {
        Assert.False(SvnMergeinfo.TryParse(text, out _));
        Assert.Equal(0, SvnPool.Live);
    }
}
