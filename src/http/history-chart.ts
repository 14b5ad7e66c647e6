import { html, type Html } from "../base/html.ts";
import { PLOT_STYLE } from "../plots/plot-style.ts";

/** Where the chart's data is. */
const HISTORY_CHART_DATA = "/api/cold-starts";

/**
 * The chart of all cold starts of the last 24 hours. A script draws it into the first of the element's two parts; without one, the part is
 * empty and takes no room, and the other leads to the data.
 */
export function historyChart(): Html {
  return html`<section
      class="card history-chart"
      id="history-chart"
      data-source="${HISTORY_CHART_DATA}"
    >
      <div class="history-plot"></div>
      <p class="history-note">
        Time to first result of the cold starts of the last 24 hours that succeeded and did not have
        to compile their kernel: <a href="${HISTORY_CHART_DATA}">as data</a>
      </p>
    </section>
    <link rel="stylesheet" href="/assets/history-chart.css" />
    <script defer src="/assets/uplot.js"></script>
    <script type="module" src="/assets/history-chart.js"></script>`;
}

/** What of the chart's look is not uPlot's own; the colours are those of the other plots. */
export const HISTORY_CHART_STYLE = `
${PLOT_STYLE}
.history-chart { padding: 14px 18px; }
.history-note { margin: 0; color: var(--plot-soft); font-size: 13px; }
.history-plot:not(:empty) { margin-bottom: 8px; }
.history-plot .uplot, .history-plot .u-legend { font: inherit; font-size: 13px; width: auto; }
.history-plot .u-legend { display: flex; flex-wrap: wrap; gap: 2px 18px; margin: 8px 0 0; text-align: left; }
.history-plot .u-legend tbody { display: contents; }
.history-plot .u-legend tr { display: flex; align-items: center; gap: 7px; margin: 0; padding: 0; border: 0; }
.history-plot .u-legend th, .history-plot .u-legend td { display: block; padding: 0; border: 0; font-weight: inherit; }
.history-plot .u-legend th { display: flex; align-items: center; gap: 6px; }
.history-plot .u-legend td { min-width: 4.5em; font-variant-numeric: tabular-nums; color: var(--plot-soft); }
.history-plot .u-legend th::after { content: none; }
.history-plot .u-legend .u-marker { margin: 0; }
.history-plot .u-legend tr:first-child .u-marker { display: none; }
.history-plot .u-cursor-x, .history-plot .u-cursor-y { border-color: var(--plot-soft); }
.history-plot .u-select { background: color-mix(in srgb, var(--plot-0) 15%, transparent); }
`;
