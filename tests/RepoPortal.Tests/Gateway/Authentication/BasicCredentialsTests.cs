using System.Text;
using CsCheck;
using RepoPortal.Gateway.Authentication;

namespace RepoPortal.Tests.Gateway.Authentication;

public sealed class BasicCredentialsTests
{
    [Theory]
    [InlineData("Basic", "ada:secret", "ada", "secret")]
    [InlineData("bAsIc", "ada:a:b", "ada", "a:b")]
    [InlineData("Basic", ":", "", "")]
    [InlineData("Basic", "zo\u00eb:\u20ac", "zo\u00eb", "\u20ac")]
    public void Reads_name_and_password(string scheme, string text, string name, string password)
    {
        Assert.True(BasicCredentials.TryParse($"{scheme} {Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}", out var credentials));
        Assert.Equal(new BasicCredentials(name, password), credentials);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("Basic ???")]
    [InlineData("Basic YWRh")]
    [InlineData("Basic /zo/")]
    [InlineData("Bearer YTpi")]
    [InlineData("Negotiate YTpi")]
    public void Does_not_read_other_schemes_and_malformed_ones(string? header) => Assert.False(BasicCredentials.TryParse(header, out _));

    [Fact]
    public void Does_not_read_a_header_far_longer_than_any_token() =>
        Assert.False(BasicCredentials.TryParse("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("ada:" + new string('x', 4000))), out _));

    [Fact]
    public void Never_throws() => Gen.String.Sample(text => BasicCredentials.TryParse("Basic " + text, out _) || true);

    [Fact]
    public void Does_not_show_the_password() => Assert.Equal("ada", $"{new BasicCredentials("ada", "secret")}");
}
