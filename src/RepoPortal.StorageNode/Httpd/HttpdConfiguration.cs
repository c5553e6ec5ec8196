using System.Globalization;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Access;

namespace RepoPortal.StorageNode.Httpd;

/// <summary>The configuration of this node's own httpd, generated whole at every start.</summary>
internal static class HttpdConfiguration
{
    private const string Method = "%{REQUEST_METHOD}";
    private const string Address = "%{REQUEST_URI}";

    /// <summary>Writes out the configuration.</summary>
    /// <param name="options">Sizes and the places of httpd's parts.</param>
    /// <param name="directories">What is served, and where httpd keeps its own files.</param>
    /// <param name="port">The loopback port to listen on.</param>
    /// <param name="key">What every request must carry; letters and digits only.</param>
    /// <exception cref="StorageException">A path has characters that a configuration file gives a meaning to.</exception>
    public static string Render(StorageNodeOptions options, NodeDirectories directories, int port, string key) =>
        string.Create(CultureInfo.InvariantCulture, $"""
            # Written by RepoPortal at every start; changes to it are lost.
            ServerRoot {Quote(directories.Httpd)}
            DefaultRuntimeDir {Quote(directories.Httpd)}
            PidFile {Quote(Path.Combine(directories.Httpd, "httpd.pid"))}
            DocumentRoot {Quote(directories.Httpd)}
            ServerName localhost
            Listen 127.0.0.1:{port}
            {string.Join('\n', HttpdInstallation.Modules.Select(module => $"LoadModule {module}_module {Quote(HttpdInstallation.ModuleFile(options, module))}"))}

            # Read by the server that started us, and passed on to its log.
            ErrorLog /dev/stderr
            ErrorLogFormat "%l %M"
            LogLevel warn authz_core:crit

            ServerTokens Prod
            TraceEnable Off
            UseCanonicalName Off
            FileETag None

            # Every process has its own cache, so there are few; none is ended for being idle.
            ServerLimit {options.HttpdProcesses}
            StartServers {options.HttpdProcesses}
            ThreadLimit {options.HttpdThreads}
            ThreadsPerChild {options.HttpdThreads}
            MaxRequestWorkers {options.HttpdProcesses * options.HttpdThreads}
            MinSpareThreads 1
            MaxSpareThreads {options.HttpdProcesses * options.HttpdThreads}
            MaxConnectionsPerChild 0
            GracefulShutdownTimeout {(int)HttpdProcess.GracefulStop.TotalSeconds}

            # The gateway pools its connections. A client may pause in the middle of a checkout, while somebody resolves a conflict by hand.
            KeepAlive On
            KeepAliveTimeout 90
            MaxKeepAliveRequests 0
            Timeout 3600

            # Files have no limit. A REPORT is held in memory while it is parsed; one of a mixed-revision working copy with 100,000 entries has some 10 MB.
            LimitRequestBody 0
            LimitXMLRequestBody 67108864
            LimitRequestLine 32768
            LimitRequestFieldSize 32768

            SVNUseUTF8 On
            SVNInMemoryCacheSize {options.HttpdCacheMegabytes * 1024}
            SVNCacheFullTexts On
            SVNCacheTextDeltas On

            <Directory />
              AllowOverride None
              Require all denied
            </Directory>

            <Location /repos>
              DAV svn
              SVNParentPath {Quote(directories.Serve)}
              SVNListParentPath Off
              SVNAllowBulkUpdates Prefer
              SVNAdvertiseV2Protocol On
              SVNPathAuthz short_circuit
              # Who it is was found out by the gateway, which also decides what they may do with the repository; the access file adds the path rules.
              AuthType Basic
              AuthName RepoPortal
              AuthBasicProvider anon
              Anonymous "*"
              Anonymous_NoUserID Off
              Anonymous_MustGiveEmail Off
              Anonymous_VerifyEmail Off
              Anonymous_LogEmail Off
              AuthzSVNReposRelativeAccessFile authz
              Require valid-user
            </Location>

            # Asked about the root with everything below it, libsvn 1.14 overlooks the rules further down: a copy of the root would lay open what they hide.
            <If "{Method} =~ /^(COPY|MOVE)$/ && {Address} =~ m#^/repos/([^/]+)(/!svn/[^/]+/[^/]+)?/?$# && -f '{Unquotable(directories.Serve)}/$1/{WriteAccessFile.PathRulesMarker}'">
              AuthMerging Off
              Require all denied
            </If>

            # Merged after every other section, hence it has the last word whatever the path. (HTTP:… would name the key's header in every answer's Vary.)
            <If "req_novary('{NodeEndpoint.KeyHeader}') != '{key}'">
              AuthMerging Off
              Require all denied
            </If>

            """);

    /// <summary>A path within an expression's single quotes, of which it can have none itself.</summary>
    private static string Unquotable(string path) =>
        path.AsSpan().ContainsAny("'%$") ? throw new StorageException($"'{path}' cannot be used: a path for httpd has no apostrophes, '%' or '$'.") : Quote(path)[1..^1];

    /// <summary>An argument in quotes. httpd reads a backslash and <c>${…}</c> even within quotes, so they are refused with the quote itself.</summary>
    private static string Quote(string path) =>
        path.Any(c => c is '"' or '\\' || char.IsControl(c)) || path.Contains("${", StringComparison.Ordinal)
            ? throw new StorageException($"'{path}' cannot be used: a path for httpd has no quotes, backslashes, control characters or '${{'.")
            : $"\"{path}\"";
}
