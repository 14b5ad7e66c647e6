import { html, type Html } from "../base/html.ts";
import { pageFrame } from "../http/page-frame.ts";
import { formatUtc } from "../http/times.ts";
import { drawChart } from "../plots/draw-chart.ts";
import { factsList } from "./report-facts.ts";
import { REPORT_POLICY, REPORT_STYLE } from "./report-style.ts";
import { htmlTable, statisticsTable } from "./report-tables.ts";
import type { Report } from "./report.ts";
import { describeCounts, isReplaced } from "./run-formats.ts";

/** A series as one page that needs nothing else: no script, no network, no other file. */
export function reportPage(report: Report): string {
  const { result, tables, charts, cutShort, origin } = report;
  const isEmulated = result.driver?.backend === "emulator";
  const plots = charts.flatMap((chart) => drawChart(chart) ?? []);
  const statistics = isReplaced(result, tables) ? undefined : statisticsTable(result.summary);
  const body = html`${isEmulated ? EMULATED : undefined}${pageHeader(report)}
    ${cutShort === undefined ? undefined : html`<div class="cut" role="status">${cutShort}</div>`}
    <main>
      <ul class="counts">
        ${describeCounts(result.iterations).map((line) => html`<li>${line}</li>`)}
      </ul>
      ${section("Plots", plots.length === 0 ? [] : [plotGrid(plots)])}
      ${section("Tables", tables.map(htmlTable))}
      ${section("Statistics", statistics === undefined ? [] : [NOTE, statistics])}
      ${section("Where these figures are from", [factsList(report)])}
      <footer>cudaprobe ${origin.version}</footer>
    </main>`;
  return pageFrame(`${result.kind}: ${nameOfGpu(report)}`, body, {
    style: REPORT_STYLE,
    policy: REPORT_POLICY,
  });
}

const EMULATED = html`<div class="banner" role="alert">
  <strong>EMULATED</strong> No GPU was measured here: an emulator stood in for the driver, and every
  figure is its own invention.
</div>`;

const NOTE = html`<p class="summary">
  The median and the p95 are of all runs that succeeded; average, minimum and maximum of those
  within 1.5 interquartile ranges of the quartiles, and the last column says how many are not.
</p>`;

function pageHeader(report: Report): Html {
  const { result, origin } = report;
  const options = Object.entries(result.options).map(([key, value]) => `${key} ${value}`);
  const what = [nameOfGpu(report), ...options, `${formatUtc(origin.atSeconds)} UTC`];
  return html`<header>
    <div>
      <h1>${result.kind}</h1>
      <p>${what.join(" · ")}</p>
    </div>
  </header>`;
}

function nameOfGpu({ result: { device }, origin }: Report): string {
  return device?.name ?? origin.hostname;
}

function section(title: string, content: readonly Html[]): Html | undefined {
  return content.length === 0
    ? undefined
    : html`<section>
        <h2>${title}</h2>
        ${content}
      </section>`;
}

function plotGrid(plots: readonly Html[]): Html {
  return html`<div class="plots">
    ${plots.map((plot) => html`<figure class="card">${plot}</figure>`)}
  </div>`;
}
