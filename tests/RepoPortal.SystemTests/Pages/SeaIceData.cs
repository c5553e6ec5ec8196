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

    private const string Notebook = """"
        {
          "nbformat": 4, "nbformat_minor": 5,
          "metadata": { "kernelspec": { "language": "python", "name": "python3" }, "language_info": { "name": "python", "file_extension": ".py" } },
          "cells": [
            { "cell_type": "markdown", "metadata": {}, "source": ["# Mean thickness by year\n", "\n", "From the [tables](stations.csv), *without* 2025. <script>alert(1)</script>"] },
            { "cell_type": "code", "execution_count": 1, "metadata": {}, "source": ["import pandas as pd\n", "\n", "data = pd.read_csv('stations.csv')  # all of them\n", "data.head(2)"],
              "outputs": [ { "output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {
                "text/plain": ["  station  latitude"],
                "text/html": ["<div><style scoped>th { color: red }</style><table border='1'><thead><tr><th></th><th>station</th><th>latitude</th><th>longitude</th><th>depth</th><th>measured by</th></tr></thead>",
                  "<tbody><tr><th>0</th><td>F11</td><td>79.11</td><td>-1.5</td><td>550</td><td>moored sonar</td></tr><tr><th>1</th><td>F12</td><td>79.12</td><td>-2.5</td><td>600</td><td>moored sonar</td></tr></tbody></table></div>"] } } ] },
            { "cell_type": "code", "execution_count": 2, "metadata": {}, "source": "for year in range(1990, 1993):\n    print('\\033[32myear\\033[0m', year)\ndata.depth.plot()",
              "outputs": [ { "output_type": "stream", "name": "stdout", "text": ["\u001b[32myear\u001b[0m 1990\n", "\u001b[32myear\u001b[0m 1991\n", " 10%|#   |\r100%|####| done\n"] },
                { "output_type": "display_data", "metadata": {}, "data": { "image/svg+xml": "CHART" } },
                { "output_type": "display_data", "metadata": {}, "data": { "application/vnd.plotly.v1+json": {}, "text/html": "<script>draw()</script>" } } ] },
            { "cell_type": "code", "execution_count": 3, "metadata": {}, "source": "data.thickness",
              "outputs": [ { "output_type": "error", "ename": "AttributeError", "evalue": "no attribute 'thickness'", "traceback": ["\u001b[0;31mAttributeError\u001b[0m: 'DataFrame' object has no attribute 'thickness'"] } ] },
            { "cell_type": "code", "execution_count": null, "metadata": {}, "source": "# not run yet", "outputs": [] }
          ]
        }
        """";

    // A page that says "Report of the cruise".
    private const string Report =
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        + "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
        + "4 0 obj<</Length 51>>stream\nBT /F 28 Tf 72 740 Td (Report of the cruise) Tj ET \nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
        + "trailer<</Size 6/Root 1 0 R>>\n%%EOF\n";

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
        await WriteAsync("thickness.ipynb", Notebook.Replace("CHART", Chart.Replace("\"", "'", StringComparison.Ordinal).Trim(), StringComparison.Ordinal));
        await WriteAsync("broken.ipynb", Notebook[..600]);
        await WriteAsync("docs/report.pdf", Report);
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
