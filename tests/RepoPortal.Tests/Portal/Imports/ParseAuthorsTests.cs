using RepoPortal.Portal.Imports;

namespace RepoPortal.Tests.Portal.Imports;

public sealed class ParseAuthorsTests
{
    [Fact]
    public void Reads_lines_and_leaves_comments_and_empty_ones()
    {
        Assert.True(ParseAuthors.FromLines("# who is who\r\n\r\njdoe = john\nJane = Doe <j=d@x> = jane\n").Succeeded(out var authors, out _));
        Assert.Equal(["Jane = Doe <j=d@x>=jane", "jdoe=john"], authors.Select(pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal));
        Assert.True(ParseAuthors.FromLines(null).Succeeded(out authors, out _));
        Assert.Empty(authors);
    }

    [Theory]
    [InlineData("jdoe", "is not of the form")]
    [InlineData("= john", "is not of the form")]
    [InlineData("jdoe = John Doe", "'John Doe' for 'jdoe'")]
    [InlineData("jdoe = john\njdoe = jane", "named twice")]
    [InlineData("j\tdoe = john", "one line of text")]
    public void Refuses_what_names_no_user(string text, string reason)
    {
        Assert.False(ParseAuthors.FromLines(text).Succeeded(out _, out var refusal));
        Assert.Contains(reason, refusal.Sentence, StringComparison.Ordinal);
        Assert.Equal("authors", refusal.Field);
    }
}
