using RepoPortal.Portal.Shell;

namespace RepoPortal.Tests.Portal.Shell;

public sealed class LocalAddressTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/new")]
    [InlineData("/r/climate-model?before=7")]
    public void Goes_back_to_a_path_of_this_server(string address) => Assert.Equal(address, LocalAddress.OrHome(address));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("new")]
    [InlineData("//elsewhere.example")]
    [InlineData("/\\elsewhere.example")]
    [InlineData("/\t/elsewhere.example")]
    [InlineData("https://elsewhere.example/")]
    [InlineData("javascript:alert(1)")]
    public void Goes_home_rather_than_to_another_server(string? address) => Assert.Equal("/", LocalAddress.OrHome(address));

    [Fact]
    public void Leaves_out_what_has_no_value_and_escapes_the_rest() =>
        Assert.Equal("/admin?search=a%26b%3D%C3%BC", LocalAddress.Of("/admin", ("search", "a&b=ü"), ("tier", null), ("state", "")));
}
