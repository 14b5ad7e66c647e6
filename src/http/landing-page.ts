import type { DriverFacts } from "../devices/device.ts";
import { html, type Html } from "../base/html.ts";
import { historyChart } from "./history-chart.ts";
import { pageFrame } from "./page-frame.ts";
import type { StatusView } from "./status.ts";
import { targetsSummary, targetsTable } from "./targets-table.ts";
import { formatUtc } from "./times.ts";

export interface LandingPageOptions {
  readonly version: string;
  readonly telemetryPath: string;
}

/** The page at `/`: what runs here, how it is doing, and where the rest is. Works without JavaScript. */
export function landingPage(options: LandingPageOptions, view: StatusView): string {
  const body = html`${view.backend === "emulator" ? EMULATOR_BANNER : undefined} ${header(options)}
    <main>
      <h2>Driver</h2>
      <section class="card">${driverState(view)}${driverFault(view)}</section>
      <h2>Targets</h2>
      <p class="summary">${targetsSummary(view.targets)}</p>
      <section class="card">${targetsTable(view)}</section>
      <h2>History</h2>
      ${historyChart()}
      <footer>
        As of ${formatUtc(view.atSeconds)} UTC, configured by <code>${view.configFile}</code>
      </footer>
    </main>`;
  return pageFrame("cudaprobe", body);
}

const EMULATOR_BANNER = html`<div class="banner" role="alert">
  <strong>EMULATED</strong> No GPU is measured here: an emulator stands in for the driver, and every
  figure is its own invention.
</div>`;

function header({ version, telemetryPath }: LandingPageOptions): Html {
  return html`<header>
    <div>
      <h1>cudaprobe</h1>
      <p>Measures GPU cold starts for Prometheus · version ${version}</p>
      <nav>
        <a href="${telemetryPath}">Metrics</a>
        <a href="/-/healthy">Health</a>
        <a href="/-/ready">Readiness</a>
      </nav>
    </div>
  </header>`;
}

function driverState({ up, driver, paused }: StatusView): Html {
  const pill =
    up === undefined
      ? html`<span class="pill">not looked for yet</span>`
      : up
        ? html`<span class="pill good">up</span>`
        : html`<span class="pill bad">down</span>`;
  return html`<div class="state">
    ${pill}${paused === undefined ? undefined : html`<span class="pill pause">paused: ${paused}</span>`}${driver === undefined ? undefined : html`<dl>${driverFacts(driver)}</dl>`}
  </div>`;
}

function driverFacts(driver: DriverFacts): readonly Html[] {
  const facts: readonly (readonly [string, string])[] = [
    ["Backend", driver.backend],
    ["Driver", driver.driverVersion],
    ["CUDA", driver.cudaVersion],
    ["NVML", driver.nvmlVersion],
    ["Library", driver.libcuda],
  ];
  return facts
    .filter(([, value]) => value !== "")
    .map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    );
}

function driverFault({ fault }: StatusView): Html | undefined {
  if (fault === undefined) return undefined;
  const code = fault.code === "" ? undefined : html` <code>${fault.code}</code>`;
  const message = fault.message === "" ? undefined : html`: ${fault.message}`;
  return html`<p class="fault">${fault.reason}${code}${message}</p>`;
}
