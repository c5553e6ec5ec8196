namespace RepoPortal.Server.Hosting;

/// <summary>Options of the process as a whole, section <c>RepoPortal</c>.</summary>
internal sealed class ServerOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "RepoPortal";

    /// <summary>Where everything is kept; a relative path is taken from the current directory.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>The port to listen on, on localhost. Kestrel's own settings (<c>Kestrel:Endpoints</c>, <c>Urls</c>) take its place when they are set.</summary>
    public int Port { get; set; } = 8080;
}
