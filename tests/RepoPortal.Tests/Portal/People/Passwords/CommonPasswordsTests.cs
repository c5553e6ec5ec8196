using RepoPortal.Portal.People.Passwords;

namespace RepoPortal.Tests.Portal.People.Passwords;

public sealed class CommonPasswordsTests
{
    [Theory]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("NeedForSpeed")]
    [InlineData("password1234")]
    [InlineData("P@ssw0rd2026!")]
    [InlineData("2026-Football!")]
    [InlineData("dragondragon")]
    [InlineData("abcabcabcabc")]
    [InlineData("qwertyuiop12")]
    [InlineData("abcdefghijkl")]
    [InlineData("098765432109")]
    public void Knows_what_is_tried_first_however_it_is_dressed_up(string password) => Assert.True(CommonPasswords.Contain(password));

    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("correct horse battery staple")]
    [InlineData("tidal ledger octopus")]
    [InlineData("k7#Vw2!pQz9x")]
    [InlineData("Regenschirmständer 4")]
    public void Lets_words_pass_that_do_not_belong_together(string password) => Assert.False(CommonPasswords.Contain(password));
}
