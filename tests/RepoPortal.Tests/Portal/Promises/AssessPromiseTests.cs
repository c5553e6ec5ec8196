using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Backups;
using RepoPortal.Portal.Promises;
using RepoPortal.Portal.Tiers;

namespace RepoPortal.Tests.Portal.Promises;

/// <summary>What evidence says about a promise: of the tier "standard", at most an hour of commits at risk, back within four.</summary>
public sealed class AssessPromiseTests
{
    private const long Mebibyte = 1 << 20;

    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);
    private static readonly Tier Standard = TierSeed.Rows.Single(tier => tier.Id == "standard");
    private static readonly Tier Critical = TierSeed.Rows.Single(tier => tier.Id == "critical");

    [Fact]
    public void Is_kept_with_all_the_evidence_and_never_without_any_part_of_it()
    {
        Assert.Equal(PromiseState.Kept, StateOf(Evident()));

        Action<Protection>[] withouts =
        [
            protection => protection.CheckedAt = null,
            protection => protection.VerifiedAt = null,
            protection => protection.OriginalVerifiedAt = null,
            protection => (protection.RehearsedAt, protection.RehearsedMilliseconds, protection.RehearsedBytes) = (null, null, null),
        ];
        foreach (var without in withouts)
        {
            var protection = Evident();
            without(protection);
            Assert.Equal(PromiseState.Unknown, StateOf(protection));
        }

        Assert.Equal(PromiseState.Unknown, StateOf(null));
        Assert.Equal(PromiseState.Unknown, AssessPromise.Worst(AssessPromise.Run(Standard, Evident(), recordBackup: null, TimeSpan.FromMinutes(15), Mebibyte, Now)).State);
    }

    [Theory]
    [InlineData(0, PromiseState.Kept)]
    [InlineData(47, PromiseState.Kept)]
    [InlineData(49, PromiseState.AtRisk)]
    [InlineData(60, PromiseState.AtRisk)]
    [InlineData(61, PromiseState.Broken)]
    public void Commits_at_risk_are_measured_by_the_oldest_that_is_in_no_backup(int minutes, PromiseState expected)
    {
        var protection = Evident();
        protection.UnprotectedSince = minutes == 0 ? null : Now.AddMinutes(-minutes);

        Assert.Equal(expected, Find(protection, PromiseSubject.CommitsAtRisk).State);
    }

    [Fact]
    public void What_is_damaged_or_did_not_come_back_is_broken_and_what_is_late_or_failed_once_at_risk()
    {
        (Action<Protection> Change, PromiseState Expected)[] cases =
        [
            (protection => protection.Damage = "revision 7 is damaged", PromiseState.Broken),
            (protection => protection.RehearsalFailure = "the disk is full", PromiseState.Broken),
            (protection => protection.BackupFailure = "the disk is full", PromiseState.AtRisk),
            (protection => protection.VerificationFailure = "the disk is away", PromiseState.AtRisk),
            (protection => protection.VerifiedAt = Now.AddDays(-2), PromiseState.AtRisk),
            (protection => protection.RehearsedAt = Now.AddDays(-50), PromiseState.AtRisk),
            (protection => protection.CheckedAt = Now.AddHours(-2), PromiseState.AtRisk),
        ];
        foreach (var (change, expected) in cases)
        {
            var protection = Evident();
            change(protection);
            Assert.Equal(expected, StateOf(protection));
        }
    }

    [Fact]
    public void What_a_clock_that_was_ahead_wrote_is_no_evidence_and_no_time_is_ever_negative()
    {
        var later = Now.AddYears(2);
        Action<Protection>[] changes =
        [
            protection => protection.CheckedAt = later,
            protection => protection.VerifiedAt = later,
            protection => protection.OriginalVerifiedAt = later,
            protection => protection.RehearsedAt = later,
        ];
        foreach (var change in changes)
        {
            var protection = Evident();
            change(protection);
            Assert.Equal(PromiseState.Unknown, StateOf(protection));
            Assert.DoesNotContain("-", string.Concat(Run(protection).Select(finding => finding.Sentence)), StringComparison.Ordinal);
            protection.Distrust(Now);
            Assert.NotEqual(PromiseState.Kept, StateOf(protection));
            Assert.Equal(Now, protection.BackupDueAt);
        }

        var ofRecord = AssessPromise.Run(Standard, Evident(), new RecordBackup { At = later }, TimeSpan.FromMinutes(15), Mebibyte, Now);
        Assert.Equal(PromiseState.Unknown, AssessPromise.Worst(ofRecord).State);
        var exposed = Evident();
        exposed.UnprotectedSince = later;
        Assert.Equal((PromiseState.Unknown, null), (StateOf(exposed), AssessPromise.Exposure(exposed, Now)));
        exposed.Distrust(Now);
        Assert.Equal(TimeSpan.FromMinutes(10), AssessPromise.Exposure(exposed, Now));
        // The clocks of two servers differ a little.
        exposed.UnprotectedSince = Now.AddSeconds(1);
        Assert.Equal(TimeSpan.Zero, AssessPromise.Exposure(exposed, Now));
        Assert.DoesNotContain("Every commit", Find(exposed, PromiseSubject.CommitsAtRisk).Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, 20 * 1024, 1024 * Mebibyte, 500 + 102_399)] // small ones take as long as their beginning and end
    [InlineData(100_000, 10_240 * Mebibyte, 20_480 * Mebibyte, 200_000)]
    [InlineData(100_000, 10_240 * Mebibyte, 5_120 * Mebibyte, 100_000)]
    [InlineData(0, 0, 0, 0)]
    public void Predicts_a_restore_by_what_the_last_rehearsal_copied(long took, long rehearsed, long size, long expected)
    {
        var protection = Evident();
        (protection.RehearsedMilliseconds, protection.RehearsedBytes) = (took, rehearsed);

        Assert.Equal(expected, AssessPromise.Predicted(protection, size)!.Value.TotalMilliseconds, 1.5);
    }

    [Fact]
    public void What_would_take_longer_than_promised_is_broken_and_what_needs_a_second_copy_is_never_kept()
    {
        var protection = Evident();
        (protection.RehearsedMilliseconds, protection.RehearsedBytes) = ((long)TimeSpan.FromHours(5).TotalMilliseconds, Mebibyte);
        Assert.Equal(PromiseState.Broken, Find(protection, PromiseSubject.BackInService).State);

        var worst = AssessPromise.Worst(AssessPromise.Run(Critical, Evident(), Record(), TimeSpan.FromMinutes(15), Mebibyte, Now));
        Assert.Equal(PromiseState.AtRisk, worst.State);
        Assert.Contains("which this installation does not", worst.Sentence, StringComparison.Ordinal);
    }

    private static PromiseState StateOf(Protection? protection) => AssessPromise.Worst(Run(protection)).State;

    private static PromiseFinding Find(Protection protection, PromiseSubject subject) => Run(protection).Single(finding => finding.About == subject);

    private static IReadOnlyList<PromiseFinding> Run(Protection? protection) =>
        AssessPromise.Run(Standard, protection, Record(), TimeSpan.FromMinutes(15), Mebibyte, Now);

    private static RecordBackup Record() => new() { At = Now.AddMinutes(-5), TriedAt = Now.AddMinutes(-5) };

    private static Protection Evident()
    {
        var protection = Protection.Begin(new RepositoryId(Guid.Empty), 1, Now.AddDays(-1));
        protection.Revision = 12;
        protection.CheckedAt = protection.AsOf = Now.AddMinutes(-10);
        protection.VerifiedAt = protection.OriginalVerifiedAt = Now.AddHours(-3);
        (protection.RehearsedAt, protection.RehearsedMilliseconds, protection.RehearsedBytes) = (Now.AddDays(-3), 400, Mebibyte);
        return protection;
    }
}
