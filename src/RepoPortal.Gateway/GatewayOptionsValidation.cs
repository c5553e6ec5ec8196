using Microsoft.Extensions.Options;

namespace RepoPortal.Gateway;

/// <summary>Refuses to start with values that cannot be meant, and names the allowed ones.</summary>
internal sealed class GatewayOptionsValidation : IValidateOptions<GatewayOptions>
{
    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        var failures = new List<string>();
        Check(nameof(options.OutageHold), options.OutageHold, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        Check(nameof(options.ActivityTimeout), options.ActivityTimeout, TimeSpan.FromMinutes(1), TimeSpan.FromDays(7));
        Check(nameof(options.FailedAttemptsPerName), options.FailedAttemptsPerName, 1, 10_000);
        Check(nameof(options.FailedAttemptsPerAddress), options.FailedAttemptsPerAddress, 1, 1_000_000);
        Check(nameof(options.FailedAttemptsWindow), options.FailedAttemptsWindow, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        Check(nameof(options.MaxSnapshots), options.MaxSnapshots, 100, 10_000_000);
        Check(nameof(options.MaxUpstreamPools), options.MaxUpstreamPools, 1, 10_000);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Check<T>(string property, T value, T least, T most)
            where T : IComparable<T>
        {
            if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
                failures.Add(FormattableString.Invariant($"{GatewayOptions.Section}:{property} is '{value}'; allowed is '{least}' to '{most}'"));
        }
    }
}
