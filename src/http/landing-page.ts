import { html, type Html } from "../base/html.ts";
import { historyChart } from "./history-chart.ts";
import { configSection } from "./page/config-section.ts";
import { devicesSection } from "./page/devices-section.ts";
import { driverSection } from "./page/driver-section.ts";
import { failuresSection } from "./page/failures-section.ts";
import { STATUS_STYLE } from "./page/look.ts";
import { overviewSection } from "./page/overview-section.ts";
import { runsSection } from "./page/runs-section.ts";
import { targetsSummary, targetsTable } from "./page/targets-table.ts";
import { pageFrame } from "./page-frame.ts";
import type { StatusView } from "./status.ts";
import { formatUtc } from "./times.ts";

export interface LandingPageOptions {
  readonly version: string;
  readonly telemetryPath: string;
}

/** The page at `/`: how this host is doing, the first things first, and where the rest is. Works without JavaScript. */
export function landingPage(options: LandingPageOptions, view: StatusView): string {
  const body = html`${view.backend === "emulator" ? EMULATOR_BANNER : undefined}
    ${header(options, view)}
    <main>
      ${overviewSection(view)} ${devicesSection(view)} ${historySection()} ${probesSection(view)}
      ${failuresSection(view)} ${runsSection(view)} ${driverSection(view)} ${configSection(view)}
      <footer>
        As of ${formatUtc(view.atSeconds)} UTC. The page does not reload itself; figures are from
        scheduled runs.
      </footer>
    </main>`;
  return pageFrame(`${view.hostname}: cudaprobe`, body, { style: STATUS_STYLE });
}

const EMULATOR_BANNER = html`<div class="banner" role="alert">
  <strong>EMULATED</strong> No GPU is measured here: an emulator stands in for the driver, and every
  figure is its own invention.
</div>`;

/** Where what is said here is explained. */
const DOCS = "https://github.com/cudaprobe/cudaprobe/blob/main/docs";

function header({ version, telemetryPath }: LandingPageOptions, { hostname }: StatusView): Html {
  return html`<header>
    <div>
      <h1>${hostname} <small>cudaprobe ${version}</small></h1>
      <nav aria-label="Pages">
        <a href="${telemetryPath}">Metrics</a>
        <a href="/api/runs">Runs as JSON</a>
        <a href="/-/healthy">Health</a>
        <a href="/-/ready">Readiness</a>
        <a href="${DOCS}/operations.md">Operations</a>
        <a href="${DOCS}/runbook.md">Runbook</a>
      </nav>
    </div>
  </header>`;
}

function historySection(): Html {
  return html`<section>
    <h2>History</h2>
    ${historyChart()}
  </section>`;
}

function probesSection(view: StatusView): Html {
  return html`<section>
    <h2>Probes</h2>
    ${
      view.targets.length === 0
        ? undefined
        : html`<p class="summary">${targetsSummary(view.targets)}</p>`
    }
    <div class="card">${targetsTable(view)}</div>
  </section>`;
}
