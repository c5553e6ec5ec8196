using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.Repositories.Search;

namespace RepoPortal.Tests.Portal.Repositories.Search;

public sealed class SearchQueryTests
{
    [Theory]
    [InlineData("svn_fs_open2(pool)", "svn fs open2 pool")]
    [InlineData("Straße ÉTÉ E\u0301te\u0301", "straße été été")]
    [InlineData("\ud83d\ude80 a\ud800b \0x\u0007y", "a b x y")]
    [InlineData("海氷のdata", "海 氷 の data")]
    [InlineData("नमस्ते, ÖL", "नमस्ते öl")]
    [InlineData(" \t\n-- _ ", "")]
    public void A_word_is_letters_and_digits_in_lower_case_and_one_normal_form(string text, string words) =>
        Assert.Equal(words.Normalize(), string.Join(' ', Word.Of(text).Select(word => word.Text)).Normalize());

    [Theory]
    [InlineData("")]
    [InlineData("?! -- \"\" ...")]
    [InlineData("\0\u0001\u001b")]
    [InlineData("\ud83d\ude80")]
    public void What_has_no_word_is_refused_with_a_sentence(string text) =>
        Assert.Equal("Give at least one letter or digit: what stands between words is not searched for.", SearchQuery.Parse(text).Refusal?.Sentence);

    [Fact]
    public void So_is_what_is_too_long()
    {
        Assert.Equal("Look for something shorter: a query has at most 200 characters.", SearchQuery.Parse(new string('x', 4000)).Refusal?.Sentence);
        Assert.Equal("Look for fewer words: a query has at most 16.", SearchQuery.Parse("a b c d e f g h i j k l m n o p q").Refusal?.Sentence);
    }

    [Theory]
    [InlineData("ice drift", "ice|drift*")]
    [InlineData("\"sea ice\" drift", "sea ice|drift*")]
    [InlineData("drift \"sea ice\"", "drift|sea ice")]
    [InlineData("svn_fs_open", "svn fs open*")]
    [InlineData("\"never closed", "never closed*")]
    [InlineData("a OR b* NEAR(c) -d :e^2", "a|or|b|near c|d|e 2*")]
    [InlineData("'; DROP TABLE x & !y | <-> z:*", "drop|table|x|y|z*")]
    public void Nothing_is_syntax_but_quotes(string text, string phrases) =>
        Assert.Equal(phrases, string.Join('|', SearchQuery.Parse(text).Value.Phrases.Select(phrase => string.Join(' ', phrase.Words) + (phrase.IsPrefix ? "*" : ""))));

    [Theory]
    [InlineData("svn_fs", "call svn_fs_open2 now", "svn_fs")]
    [InlineData("open", "svn_fs_open2", "open2")]
    [InlineData("fs svn", "svn_fs_open2 fsx", "svn|fs")]
    [InlineData("\"sea ice\"", "the sea\nice, and sea-ice", "sea\nice|sea-ice")]
    [InlineData("\"ice sea\"", "the sea ice", null)]
    [InlineData("\"sea ic\"", "the sea ice", null)]
    [InlineData("été", "l'e\u0301te\u0301!", "e\u0301te\u0301")]
    [InlineData("ice drift", "ice only", null)]
    [InlineData("aa \"aa bb\" bb", "x aa bb", "aa bb")]
    public void Finds_what_is_looked_for_where_it_is(string query, string text, string? found)
    {
        var match = new MatchText(SearchQuery.Parse(query).Value);
        var ranges = match.Find(text);
        Assert.Equal(found is not null, match.IsWhole);
        if (found is not null)
            Assert.Equal(found.Split('|'), ranges.Select(range => text[range.Start..range.End]).Order(StringComparer.Ordinal).Intersect(found.Split('|')).OrderBy(part => found.IndexOf(part, StringComparison.Ordinal)));
    }

    [Fact]
    public void Shows_lines_as_the_page_of_the_file_counts_them_and_of_a_long_one_the_part_that_matters()
    {
        var text = "one\r\ntwo\r \tice three\n\nice four\n" + new string('x', 500) + " ice " + new string('y', 500) + "\nlast ice";
        var (lines, hasMore) = MatchedLines.Of(text, new MatchText(SearchQuery.Parse("ice").Value).Find(text), 3);
        Assert.True(hasMore);
        Assert.Equal([3, 5, 6], lines.Select(line => line.Number));
        Assert.Equal("ice three", lines[0].Text.Text);
        Assert.All(lines, line => Assert.Equal("ice", line.Text.Text[line.Text.Ranges[0].Start..line.Text.Ranges[0].End]));
        Assert.InRange(lines[2].Text.Text.Length, 200, 250);
    }
}
