namespace RepoPortal.Benchmarks.Measuring;

/// <summary>What one side of a comparison took, in milliseconds.</summary>
internal sealed class Samples(IEnumerable<double> milliseconds)
{
    private readonly double[] _sorted = [.. milliseconds.Order()];

    public double Median => Percentile(50);

    public double Percentile(double percent) => _sorted[Math.Clamp((int)Math.Ceiling(_sorted.Length * percent / 100) - 1, 0, _sorted.Length - 1)];
}
