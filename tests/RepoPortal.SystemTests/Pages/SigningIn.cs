using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.SystemTests.Pages;

/// <summary>How people prove who they are, in Chromium: authenticator app, passkey, a forgotten password, a session ended elsewhere, too many guesses.</summary>
public sealed partial class SigningIn(SigningInServer portal) : IClassFixture<SigningInServer>
{
    private const string NewPassword = "tidal ledger octopus";

    [Fact]
    public async Task By_password_and_the_code_of_an_app_that_was_set_up_before()
    {
        await using var context = await portal.VisitAsync();
        var lea = new PortalVisitor(await context.NewPageAsync());
        await lea.SignInAsync("lea");
        await lea.GoAsync("/account/security");
        await lea.PressAsync("Set up an app");
        await lea.SeeHeadingAsync("Set up an authenticator app");
        await new PageSight(lea.Page).LookAsync("authenticator");
        var key = await lea.Page.GetByLabel("Key", new() { Exact = true }).InnerTextAsync();
        await lea.FillAsync("Code", CodeOf(key));
        await lea.PressAsync("Turn it on");
        await lea.SeeAsync("Your recovery codes");
        await new PageSight(lea.Page).LookAsync("recovery-codes");
        await lea.PressSignOutAsync();

        await lea.GoAsync("/sign-in?returnUrl=%2Faccount");
        await FillSignInAsync(lea, "lea", PortalVisitor.Password);
        await lea.SeeHeadingAsync("Your code");
        await new PageSight(lea.Page).LookAsync("sign-in-code");
        await lea.FillAsync("Code", "000000");
        await lea.PressAsync("Sign in");
        await lea.SeeAsync("This code is not right.");
        await lea.FillAsync("Code", CodeOf(key));
        await lea.PressAsync("Sign in");
        await lea.SeeHeadingAsync("Your account");
    }

    [Fact]
    public async Task By_a_passkey_that_was_added_to_the_account()
    {
        await using var context = await portal.VisitAsync();
        var ravi = new PortalVisitor(await context.NewPageAsync());
        var devices = await context.NewCDPSessionAsync(ravi.Page);
        await devices.SendAsync("WebAuthn.enable");
        await devices.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        await ravi.SignInAsync("ravi");
        await ravi.GoAsync("/account/security");
        await ravi.FillAsync("What is it kept in? (optional)", "phone");
        await ravi.PressAsync("Add a passkey");
        await ravi.SeeAsync("The passkey is added");
        await new PageSight(ravi.Page).LookAsync("passkeys");
        await ravi.PressSignOutAsync();

        await ravi.GoAsync("/sign-in?returnUrl=%2Faccount%2Fsessions");
        await ravi.PressAsync("Sign in with a passkey");
        await ravi.SeeAsync("by passkey");
        await ravi.GoAsync("/account/security");
        await ravi.Page.GetByText("Remove phone").ClickAsync();
        await ravi.PressAsync("Remove “phone”");
        await ravi.SeeAsync("“phone” is removed.");
        await ravi.PressSignOutAsync();
        await ravi.GoAsync("/sign-in");
        await ravi.PressAsync("Sign in with a passkey");
        await ravi.SeeAsync("This passkey does not open an account here");
    }

    [Fact]
    public async Task With_a_new_password_by_mail_which_ends_the_session_elsewhere()
    {
        await using var elsewhere = await portal.VisitAsync();
        var other = new PortalVisitor(await elsewhere.NewPageAsync());
        await other.SignInAsync("mona");
        await using var context = await portal.VisitAsync();
        var mona = new PortalVisitor(await context.NewPageAsync());
        await mona.GoAsync("/sign-in");
        await mona.FollowAsync("Forgot your password?");
        await mona.FillAsync("E-mail address", "mona@lab.example");
        await new PageSight(mona.Page).LookAsync("forgot");
        await mona.PressAsync("Send the link");
        await mona.SeeAsync("is on its way");
        await new PageSight(mona.Page).LookAsync("forgot-sent");

        await mona.GoAsync(await portal.MailedLinkAsync(ResetLink()));
        await mona.FillAsync("Password", "password2026");
        await mona.FillAsync("The same again", "password2026");
        await mona.PressAsync("Set the password and sign in");
        await Assertions.Expect(mona.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("tried first");
        await mona.FillAsync("Password", NewPassword);
        await mona.FillAsync("The same again", NewPassword);
        await mona.PressAsync("Set the password and sign in");
        await mona.SeeAsync("Your password is set.");
        await other.GoAsync("/account");
        await other.SeeHeadingAsync("Sign in");
    }

    [Fact]
    public async Task Can_be_ended_from_another_browser_and_is_refused_for_a_while_after_many_guesses()
    {
        await using var context = await portal.VisitAsync();
        var noor = new PortalVisitor(await context.NewPageAsync());
        await noor.SignInAsync("noor");
        await using var forgotten = await portal.VisitAsync();
        var left = new PortalVisitor(await forgotten.NewPageAsync());
        await left.SignInAsync("noor");

        await noor.GoAsync("/account/sessions");
        await new PageSight(noor.Page).LookAsync("sessions");
        await noor.PressAsync("Sign out everywhere else");
        await noor.SeeAsync("One other session is signed out.");
        await left.GoAsync("/account");
        await left.SeeHeadingAsync("Sign in");
        for (var i = 0; i < 5; i++)
        {
            await FillSignInAsync(left, "noor", "wrong wrong wrong");
            await left.SeeAsync("do not fit together");
        }

        await FillSignInAsync(left, "noor", PortalVisitor.Password);
        await left.SeeAsync("try again in 1 minute");
        await new PageSight(left.Page).LookAsync("too-many");
        await noor.GoAsync("/account/security");
        await noor.FillAsync("Present password", PortalVisitor.Password);
        await noor.FillAsync("New password", NewPassword);
        await noor.FillAsync("The same again", NewPassword);
        await noor.PressAsync("Change the password");
        await noor.SeeAsync("Your password is changed.");
    }

    private static async Task FillSignInAsync(PortalVisitor visitor, string user, string password)
    {
        await visitor.FillAsync("User name or e-mail address", user);
        await visitor.FillAsync("Password", password);
        await visitor.PressAsync("Sign in");
    }

    // The six digits of RFC 6238 that an app shows now.
    [SuppressMessage("Security", "CA5350", Justification = "RFC 6238 as every app speaks it is SHA-1.")]
    private static string CodeOf(string key)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(key.Where(char.IsAsciiLetterOrDigit).Select(letter => Convert.ToString(Alphabet.IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        byte[] secret = [.. bits.Chunk(8).Where(chunk => chunk.Length == 8).Select(chunk => Convert.ToByte(new string(chunk), 2))];
        var counter = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30);
        var hash = HMACSHA1.HashData(secret, counter);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xf)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("/set-password\\?[^\\s\"<]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ResetLink();
}
