using RepoPortal.Gateway;

namespace RepoPortal.Tests.Gateway;

public sealed class GatewayOptionsTests
{
    [Fact]
    public void Takes_its_own_defaults() => Assert.True(new GatewayOptionsValidation().Validate(null, new GatewayOptions()).Succeeded);

    [Fact]
    public void Names_the_setting_its_value_and_the_allowed_ones()
    {
        var result = new GatewayOptionsValidation().Validate(null, new GatewayOptions { FailedAttemptsPerName = 0, OutageHold = TimeSpan.FromHours(1) });
        Assert.Equal(
            [
                "RepoPortal:Gateway:OutageHold is '01:00:00'; allowed is '00:00:00' to '00:05:00'",
                "RepoPortal:Gateway:FailedAttemptsPerName is '0'; allowed is '1' to '10000'",
            ],
            result.Failures);
    }
}
