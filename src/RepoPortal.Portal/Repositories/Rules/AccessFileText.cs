using System.Text;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Portal.Repositories.Rules;

/// <summary>Writes an <see cref="AccessModel"/> as an access file.</summary>
/// <remarks>
/// Within a section libsvn adds up whatever concerns somebody, while here the rule that names them most closely decides. So whoever a wider rule would give more
/// than their own is kept out of it: by a group without them, or by "everyone but" (<c>~</c>) such a group. Groups made for this begin with '_', which no
/// group's name does. Visitors come to httpd as the user <c>anonymous</c>, hence everyone signed in is everyone but that one.
/// </remarks>
internal sealed class AccessFileText
{
    private const string Visitor = UserName.AnonymousValue;

    private readonly AccessModel _model;
    private readonly bool _isReadOnly;
    private readonly SortedDictionary<string, string> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _made = new(StringComparer.Ordinal);
    private readonly StringBuilder _sections = new();

    private AccessFileText(AccessModel model, bool isReadOnly) => (_model, _isReadOnly) = (model, isReadOnly);

    /// <summary>The whole file. The same model gives the same text.</summary>
    /// <param name="model">Who may do what.</param>
    /// <param name="isReadOnly">True to let those who may write read only.</param>
    internal static string Render(AccessModel model, bool isReadOnly = false) => new AccessFileText(model, isReadOnly).Render();

    private string Render()
    {
        WriteRoot();
        foreach (var (path, section) in _model.Sections.Where(entry => entry.Key != "/"))
            Write(path, section);
        var text = new StringBuilder();
        if (_groups.Count > 0)
        {
            text.Append("[groups]\n");
            foreach (var (name, members) in _groups)
                text.Append(name).Append(" = ").Append(members).Append('\n');
            text.Append('\n');
        }

        return text.Append(_sections).ToString();
    }

    /// <summary>At the root grants and rules come together, so everyone concerned is listed by what comes out for them.</summary>
    private void WriteRoot()
    {
        _sections.Append("[/]\n");
        var people = _model.Granted.Keys.Union(_model.Root.Named(_model.Groups).Keys).ToDictionary(person => person, person => _model.AtRoot(person));
        foreach (var group in people.GroupBy(entry => entry.Value, entry => entry.Key).OrderByDescending(group => group.Key))
            Line($"@{Group(group)}", group.Key);
        WriteEveryone(people, _model.RootOfStrangers);
        Line(Visitor, _model.RootOfVisitors);
    }

    private void Write(string path, PathSection section)
    {
        _sections.Append("\n[").Append(path).Append("]\n");
        var named = section.Named(_model.Groups);
        foreach (var (user, access) in section.Users.OrderBy(entry => entry.Key.Value, StringComparer.Ordinal))
            Line(user.Value, access);
        foreach (var (group, access) in section.Groups.OrderBy(entry => entry.Key.Value, StringComparer.Ordinal))
            WriteGroup(group, access, section);
        if (section.AnyoneSignedIn is { } general)
            WriteEveryone(named, general, _model.Granted.Keys.Where(person => _model.IsOwner(person) && !named.ContainsKey(person)));
        if (section.Visitors is { } visitors)
            Line(Visitor, visitors);
    }

    private void WriteGroup(GroupName name, PathAccess access, PathSection section)
    {
        var members = _model.Groups[name];
        var without = members.Where(member => section.Users.TryGetValue(member, out var own) && own < access).ToHashSet();
        if (without.Count == members.Count)
            return; // nobody is left whom it would give anything
        if (without.Count > 0)
        {
            Line($"@{Group(members.Except(without))}", access);
            return;
        }

        _groups[name.Value] = Join(members);
        Line($"@{name}", access);
    }

    /// <summary>A line for everyone signed in, without those whom a closer rule gives less, and without others whom it does not concern.</summary>
    private void WriteEveryone(Dictionary<UserName, PathAccess> named, PathAccess access, params IEnumerable<UserName> others)
    {
        var without = named.Where(entry => entry.Value < access).Select(entry => entry.Key).Concat(others).ToList();
        Line(without.Count == 0 ? $"~{Visitor}" : $"~@{Group(without, Visitor)}", access);
    }

    private void Line(string who, PathAccess access) => _sections.Append(who).Append(access switch
    {
        PathAccess.Write when !_isReadOnly => " = rw\n",
        PathAccess.Write or PathAccess.Read => " = r\n",
        _ => " =\n",
    });

    /// <summary>A group made for this file; the same people make the same group.</summary>
    private string Group(IEnumerable<UserName> people, params IEnumerable<string> more)
    {
        var members = Join(people, more);
        if (!_made.TryGetValue(members, out var name))
        {
            _made[members] = name = $"_{_made.Count + 1}";
            _groups[name] = members;
        }

        return name;
    }

    private static string Join(IEnumerable<UserName> people, params IEnumerable<string> more) =>
        string.Join(", ", people.Select(person => person.Value).Concat(more).Order(StringComparer.Ordinal));
}
