// Draws the curves of a page from the CSV behind them, in the colours of the theme. The library is fetched by pages that have one.

const library = "lib/uplot/uPlot.iife.min.js";
const styles = "lib/uplot/uPlot.min.css";
const height = 200; // px
const month = 28 * 24 * 3600; // s
const units = ["B", "kB", "MB", "GB", "TB"];

let charts = [];

const load = (element) => new Promise((resolve, reject) => {
  element.onload = resolve;
  element.onerror = reject;
  document.head.append(element);
});

async function fetchLibrary() {
  if (window.uPlot) return;
  await Promise.all([
    load(Object.assign(document.createElement("link"), { rel: "stylesheet", href: styles })),
    load(Object.assign(document.createElement("script"), { src: library })),
  ]);
}

const bytes = (value) => {
  let unit = 0;
  for (; value >= 1000 && unit < units.length - 1; unit++) value /= 1000;
  return `${value < 9.95 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
};

// Colours may be written as light-dark(…), which a canvas does not know: the browser works them out for a property.
const colour = (place, token) => {
  const probe = Object.assign(document.createElement("span"), { hidden: true });
  probe.style.color = `var(${token})`;
  place.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
};

function draw(place, weeks) {
  const isSize = place.dataset.chart === "size";
  const [ink, line, accent, soft] = ["--rp-muted", "--rp-line", "--rp-accent", "--rp-accent-soft"].map((token) => colour(place, token));
  const axis = { stroke: ink, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 } };
  const whole = (u, splits) => splits.map((value) => (Number.isInteger(value) ? value : null));
  return new window.uPlot(
    {
      width: place.clientWidth,
      height,
      legend: { live: true },
      scales: { x: { range: (u, first, last) => (last - first < month ? [first - month, last + month] : [first, last]) }, y: { range: (u, low, high) => [0, Math.max(high * 1.05, 1)] } },
      axes: [axis, { ...axis, size: 64, values: isSize ? (u, splits) => splits.map(bytes) : whole }],
      series: [
        { label: "Week of", value: "{YYYY}-{MM}-{DD}" },
        isSize
          ? { label: "Size", stroke: accent, fill: soft, width: 2, points: { show: weeks.length < 5 }, value: (u, value) => (value === null ? "" : bytes(value)) }
          : { label: "Commits", stroke: accent, fill: accent, paths: window.uPlot.paths.bars({ size: [0.8, 24] }), points: { show: false } },
      ],
      tzDate: (seconds) => window.uPlot.tzDate(new Date(seconds * 1000), "UTC"),
    },
    [weeks.map((week) => Date.parse(week[0]) / 1000), weeks.map((week) => Number(week[isSize ? 3 : 1]))],
    place,
  );
}

async function start() {
  for (const chart of charts) chart.destroy();
  charts = [];
  const places = [...document.querySelectorAll("[data-chart]")];
  if (places.length === 0) return;
  const source = places[0].dataset.source;
  const [response] = await Promise.all([fetch(source), fetchLibrary()]);
  if (!response.ok) return;
  const weeks = (await response.text()).trim().split(/\r?\n/).slice(1).map((row) => row.split(","));
  charts = places.filter((place) => place.isConnected).map((place) => draw(place, weeks));
}

start();
window.Blazor?.addEventListener("enhancedload", start);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", start);
new ResizeObserver(() => {
  for (const chart of charts) chart.setSize({ width: chart.root.parentElement.clientWidth, height });
}).observe(document.body);
