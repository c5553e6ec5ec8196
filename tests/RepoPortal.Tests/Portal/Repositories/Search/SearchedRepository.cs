using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.Repositories.Search;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.Portal.Fixtures;
using RepoPortal.Tests.Portal.Repositories.Life;

namespace RepoPortal.Tests.Portal.Repositories.Search;

/// <summary>A repository that is committed to on the node's disk, hooks and all, and searched as its owner does.</summary>
internal sealed class SearchedRepository(PortalHost portal, RepositoryView repository, TestPerson owner) : IDisposable
{
    private readonly ScratchDirectory _files = new();
    private int _made;

    public RepositoryId Id => repository.Id;

    public string Directory => portal.Directories().Copy(new RepositoryCopy(repository.Id, 1));

    public static async Task<SearchedRepository> MakeAsync(PortalHost portal, RepositoryLayout layout = RepositoryLayout.Standard)
    {
        var owner = await portal.PersonAsync();
        return new SearchedRepository(portal, await portal.RepositoryAsync(owner, layout: layout), owner);
    }

    /// <summary>Commits by <c>svnmucc</c>.</summary>
    public Task CommitAsync(string message, params string[] actions) => Command.RunAsync(
        "svnmucc", ["--non-interactive", "-m", message, "-U", new Uri(Directory).ToString(), .. actions]);

    /// <summary>A file with some content, to be put.</summary>
    public string File(string content) => File(System.Text.Encoding.UTF8.GetBytes(content));

    public string File(byte[] content)
    {
        var path = Path.Combine(_files.Path, $"{_made++}");
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    public async Task<Outcome<SearchResults>> SearchAsync(string text, SearchPlace place = SearchPlace.Contents, string? after = null) =>
        await portal.DoAsync<SearchRepository, Outcome<SearchResults>>(search => search.ExecuteAsync(repository.Name.Value, text, place, after, owner.Actor, default));

    /// <summary>What is found once everything is indexed.</summary>
    public async Task<SearchResults> FindAsync(string text, SearchPlace place = SearchPlace.Contents, string? after = null)
    {
        SearchResults? found = null;
        await Eventually.TrueAsync(async () => !(found = (await SearchAsync(text, place, after)).Value).IsBehind, TimeSpan.FromSeconds(30));
        return found!;
    }

    public async Task<IEnumerable<string>> FindFilesAsync(string text) => (await FindAsync(text)).Files.Select(file => file.Path.Text);

    public async Task<IEnumerable<long>> FindRevisionsAsync(string text) => (await FindAsync(text, SearchPlace.Messages)).Messages.Select(hit => hit.Commit.Revision);

    public ISearchIndex Index => portal.Services.GetRequiredService<ISearchIndex>();

    public void Dispose() => _files.Dispose();
}
