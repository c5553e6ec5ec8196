using RepoPortal.Benchmarks.Access;
using RepoPortal.Benchmarks.Backup;
using RepoPortal.Benchmarks.Content;
using RepoPortal.Benchmarks.Create;
using RepoPortal.Benchmarks.Import;
using RepoPortal.Benchmarks.Inventory;
using RepoPortal.Benchmarks.Listing;
using RepoPortal.Benchmarks.Memory;
using RepoPortal.Benchmarks.Search;
using RepoPortal.Benchmarks.SignIn;
using RepoPortal.Benchmarks.Transfer;
using RepoPortal.Benchmarks.Usage;

// Ratios measured side by side in one run, against the published server (REPOPORTAL_APP) and, for listing and transfer, the history in
// REPOPORTAL_TEST_HISTORY. Run as a user that is not root; names on the command line choose some of them.
Dictionary<string, Func<Task>> benchmarks = new(StringComparer.Ordinal)
{
    ["create"] = CreateBenchmark.RunAsync,
    ["transfer"] = TransferBenchmark.RunAsync,
    ["listing"] = ListingBenchmark.RunAsync,
    ["import"] = ImportBenchmark.RunAsync,
    ["inventory"] = InventoryBenchmark.RunAsync,
    ["memory"] = MemoryBenchmark.RunAsync,
    ["search"] = SearchBenchmark.RunAsync,
    ["sign-in"] = SignInBenchmark.RunAsync,
    ["decision"] = DecisionBenchmark.RunAsync,
    ["rules"] = RulesBenchmark.RunAsync,
    ["counting"] = CountingBenchmark.RunAsync,
    ["backup"] = BackupBenchmark.RunAsync,
    ["restore"] = RestoreBenchmark.RunAsync,
    ["commits-meanwhile"] = CommitsMeanwhileBenchmark.RunAsync,
    ["round"] = RoundBenchmark.RunAsync,
    ["pages"] = PagesBenchmark.RunAsync,
    ["archive"] = ArchiveBenchmark.RunAsync,
    ["page-weight"] = PageWeightBenchmark.RunAsync,
    ["who-used"] = FindUsersBenchmark.RunAsync,
};

foreach (var name in args.Length > 0 ? args : [.. benchmarks.Keys])
{
    if (!benchmarks.TryGetValue(name, out var benchmark))
    {
        await Console.Error.WriteLineAsync($"'{name}' is not one of {string.Join(", ", benchmarks.Keys)}.");
        return 1;
    }

    await benchmark();
}

return 0;
