/**
 * Ten colours that stay apart from each other and from the paper, in light and in dark, also for those who see fewer of them;
 * neighbours differ in lightness.
 */
const LIGHT = [
  "#2f6db5",
  "#e08a1e",
  "#3b8f4e",
  "#b5495b",
  "#7a5fb0",
  "#d9b400",
  "#1f9aa6",
  "#8a5a3b",
  "#d272b0",
  "#6b7680",
];
const DARK = [
  "#6aa9f0",
  "#f2a54a",
  "#6cc27c",
  "#e88092",
  "#ac93e4",
  "#ecd04a",
  "#53c8d3",
  "#c8936e",
  "#eb9fd0",
  "#a3aeb8",
];
const INK_ON_LIGHT = [
  "#fff",
  "#1d1300",
  "#fff",
  "#fff",
  "#fff",
  "#1d1800",
  "#001a1d",
  "#fff",
  "#240018",
  "#fff",
];

/** The style sheet of all plots: a page has it once. Colours follow what the reader prefers. */
export const PLOT_STYLE = `
:root {
  --plot-ink: #1d2329; --plot-soft: #5d6873; --plot-grid: #dde1e6; --plot-paper: #fff;
  ${variables("plot", LIGHT)}
  ${variables("plot-on", INK_ON_LIGHT)}
}
@media (prefers-color-scheme: dark) {
  :root {
    --plot-ink: #e4e8ec; --plot-soft: #97a2ad; --plot-grid: #2b343c; --plot-paper: #181e24;
    ${variables("plot", DARK)}
    ${variables(
      "plot-on",
      DARK.map(() => "#0b0f12"),
    )}
  }
}
.plot { display: block; width: 100%; height: auto; font: 12px/1 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
.plot text { fill: var(--plot-ink); }
.plot .plot-title { font-weight: 600; font-size: 13px; }
.plot .plot-tick { fill: var(--plot-soft); text-anchor: middle; }
.plot .plot-value { text-anchor: end; font-variant-numeric: tabular-nums; }
.plot .plot-number { text-anchor: middle; font-weight: 600; font-size: 11px; pointer-events: none; }
.plot-grid { stroke: var(--plot-grid); stroke-width: 1; }
.plot-fill-rest { fill: var(--plot-grid); }
.plot-box { fill: var(--plot-0); fill-opacity: 0.25; stroke: var(--plot-0); stroke-width: 1.5; }
.plot-median { stroke: var(--plot-ink); stroke-width: 2.5; }
.plot-whisker { fill: none; stroke: var(--plot-0); stroke-width: 1.5; }
.plot-point { fill: var(--plot-0); fill-opacity: 0.6; stroke: var(--plot-paper); stroke-width: 0.5; }
.plot-line { fill: none; stroke: currentColor; stroke-width: 2; stroke-linejoin: round; }
.spark { display: block; width: 100%; height: 40px; }
.spark path { vector-effect: non-scaling-stroke; stroke-linejoin: round; stroke-linecap: round; }
.spark-line { fill: none; stroke: var(--plot-0); stroke-width: 1.5; }
.spark-dot { fill: none; stroke: var(--plot-0); stroke-width: 5; }
.spark-range { fill: var(--plot-0); fill-opacity: 0.22; }
.spark-reference { fill: none; stroke: var(--plot-soft); stroke-width: 1; stroke-dasharray: 4 4; }
.plot-marker { fill: currentColor; stroke: var(--plot-paper); stroke-width: 1; }
${LIGHT.map((_, index) => `.plot-fill-${index} { fill: var(--plot-${index}); } .plot .plot-fill-${index} ~ .plot-number { fill: var(--plot-on-${index}); } .plot-series-${index} { color: var(--plot-${index}); }`).join("\n")}
`;

function variables(name: string, colours: readonly string[]): string {
  return colours.map((colour, index) => `--${name}-${index}: ${colour};`).join(" ");
}
