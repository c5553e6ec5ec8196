using System.Globalization;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.SystemTests.Pages;

/// <summary>Makes the public repository <c>sea-ice-data</c>, which has a file of every sort that pages show.</summary>
internal static class SeaIceData
{
    private const string Readme = """
        # Sea ice data

        Drift and thickness of sea ice in the Fram Strait, measured by **moored sonars** since 1990. Read the [notes](docs/notes.md), or look at
        [how drift is computed](src/drift.py).

        ![Mean thickness by year](chart.svg)

        ## How to use it

        1. Check it out: `svn checkout …/trunk`
        2. Build the tables:

        ```sh
        make tables STATION=F11
        ```

        | station | since | depth |
        |---|---|---:|
        | F11 | 1990 | 2 380 m |
        | F12 | 1990 | 1 840 m |
        | F13 | 1992 | 1 020 m |

        - [x] quality control of 2024
        - [ ] quality control of 2025

        > Cite the data set when you use it.
        """;

    private const string Drift = """"
        #!/usr/bin/env python3
        """Drift of sea ice from displacements between two pictures."""
        import math

        EARTH_RADIUS = 6_371_000.0  # metres


        class Displacement:
            def __init__(self, latitude: float, longitude: float, seconds: int = 86_400):
                self.latitude = latitude
                self.longitude = longitude
                self.seconds = seconds

            @property
            def speed(self) -> float:
                """Metres per second, on a sphere."""
                north = math.radians(self.latitude) * EARTH_RADIUS
                east = math.radians(self.longitude) * EARTH_RADIUS * math.cos(math.radians(79))
                return math.hypot(north, east) / self.seconds


        def mean(displacements):
            if not displacements:
                raise ValueError(f"no displacements: {displacements!r}")
            return sum(d.speed for d in displacements) / len(displacements)


        # A line that is much longer than a screen is wide, so that there is something to be wrapped or to be scrolled to: 79.0, -5.0, 78.8, -4.1, 78.6, -3.3, 78.4, -2.5, 78.2
        """";

    private const string Chart = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 160" width="480" height="160"><rect width="480" height="160" fill="#eaf4f4"/><path d="M10 40 L80 52 L150 47 L220 74 L290 88 L360 101 L430 118" fill="none" stroke="#0b6b6f" stroke-width="4"/></svg>
        """;

    public static async Task MakeAsync(RunningServer server, Api api, string token)
    {
        await api.CreateReadyAsync("sea-ice-data", visibility: "public", layout: "standard");
        using var scratch = new Scratch();
        var svn = new SvnClient(scratch.Path, "mei", token);
        var url = new Uri(server.Address, "repos/sea-ice-data").ToString();
        foreach (var directory in (string[])["src", "docs", "stations"])
            Directory.CreateDirectory(scratch[$"tree/{directory}"]);
        await WriteAsync("README.md", Readme);
        await WriteAsync("src/drift.py", Drift);
        await WriteAsync("docs/notes.md", "# Notes\n\nNone yet.\n");
        await WriteAsync("chart.svg", Chart);
        await WriteAsync("old-notes.txt", "Not needed\n");
        await WriteAsync("Makefile", "tables: stations.csv\n\tpython3 src/drift.py $<\n");
        await WriteAsync("minified.js", $"var a={string.Join(",", Enumerable.Range(0, 4000))};\n// the end\n");
        await WriteAsync("stations.csv", "station,latitude,longitude,depth\n" + string.Concat(Enumerable.Range(11, 40).Select(i => string.Create(CultureInfo.InvariantCulture, $"F{i},79.{i},-{i % 10}.5,{i * 50}\n"))));
        for (var i = 0; i < 260; i++)
            await WriteAsync($"stations/station-{i:000}.txt", $"{i}\n");
        File.SetUnixFileMode(scratch["tree/src/drift.py"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(scratch["tree/latest"], "stations/station-259.txt");
        await svn.RunAsync("import", "-q", "tree", $"{url}/trunk", "-m", "The data as they were kept until now");
        await svn.RunAsync("delete", "-q", $"{url}/trunk/old-notes.txt", "-m", "Nobody needs these");
        await svn.RunAsync("copy", "-q", $"{url}/trunk", $"{url}/branches/quality-control-2025", "-m", "To work on 2025");
        foreach (var tag in (string[])["1.0", "1.1", "2.0"])
            await svn.RunAsync("copy", "-q", $"{url}/trunk", $"{url}/tags/{tag}", "-m", $"Release {tag}");
        await svn.RunAsync("checkout", "-q", "--depth", "files", $"{url}/trunk", "wc");
        await svn.RunAsync("propset", "-q", "svn:needs-lock", "*", "wc/stations.csv");
        await svn.RunAsync("propset", "-q", "svn:ignore", "*.pyc\nbuild", "wc");
        await svn.RunAsync("commit", "-q", "wc", "-m", "Tables are locked before they are changed");
        await svn.RunAsync("mkdir", "-q", $"{url}/branches/quality-control-2025/reports", "-m", "Room for the reports");
        await svn.RunAsync("copy", "-q", $"{url}/trunk", $"{url}/branches/drift-on-a-sphere", "-m", "Drift, computed anew");
        await svn.RunAsync("mkdir", "-q", $"{url}/tags/1.1/forgotten", "-m", "This was forgotten");
        await svn.RunAsync("lock", "-q", $"{url}/trunk/stations.csv", "-m", "adding the stations of this summer");

        Task WriteAsync(string path, string content) => File.WriteAllTextAsync(Path.Combine(scratch["tree"], path), content);
    }
}
