using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RepoPortal.Contracts;
using RepoPortal.Portal;
using RepoPortal.Portal.Record;

namespace RepoPortal.Tests.Portal.Fixtures;

/// <summary>A record as a command has it, without a server.</summary>
internal sealed class OwnRecord : IDisposable
{
    private readonly IHost _host;

    /// <param name="data">The data directory.</param>
    /// <param name="setting">Where the record is, as <c>RepoPortal:Database</c> says it.</param>
    public OwnRecord(string data, string? setting)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration["RepoPortal:Database"] = setting;
        builder.Services.AddSingleton(new DataDirectory(data));
        builder.AddPortalUseCases();
        _host = builder.Build();
    }

    public IDbContextFactory<RecordContext> Contexts => _host.Services.GetRequiredService<IDbContextFactory<RecordContext>>();

    public IRecordVersion Version => _host.Services.GetRequiredService<IRecordVersion>();

    public Task MigrateAsync() => _host.Services.GetRequiredService<RecordMigration>().ApplyAsync(TestContext.Current.CancellationToken);

    /// <summary>The name of the tier <c>standard</c>.</summary>
    public async Task<string> TierAsync()
    {
        await using var record = await Contexts.CreateDbContextAsync();
        return await record.Tiers.Where(tier => tier.Id == "standard").Select(tier => tier.Name).SingleAsync();
    }

    /// <summary>Gives it another one.</summary>
    public async Task RenameTierAsync(string name)
    {
        await using var record = await Contexts.CreateDbContextAsync();
        await record.Tiers.Where(tier => tier.Id == "standard").ExecuteUpdateAsync(tier => tier.SetProperty(row => row.Name, name));
    }

    public void Dispose() => _host.Dispose();
}
