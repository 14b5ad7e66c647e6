import { html, type Html } from "../../base/html.ts";
import { formatDuration, formatSize } from "../../base/units.ts";
import type { DriverFacts } from "../../devices/device.ts";
import { cudaIpc } from "../../probes/cuda-ipc.ts";
import { footprint } from "../../probes/footprint.ts";
import { functionIpc } from "../../probes/function-ipc.ts";
import { processMemory } from "../../probes/process-memory.ts";
import { coldStartSection } from "./cold-start-section.ts";
import { drawDay } from "./day-sparkline.ts";
import { footprintSection } from "./footprint-section.ts";
import { memorySection } from "./memory-section.ts";
import { pill } from "./outcome-pill.ts";
import { findRegression } from "./regression.ts";
import { DASH, formatRatio, orDash, terms } from "./terms.ts";
import { transferSection } from "./transfer-section.ts";
import type { ColdStartView, DeviceView } from "./views.ts";

/** What is known of a device from elsewhere on the page. */
export interface DeviceContext {
  readonly nowSeconds: number;
  readonly driver: DriverFacts | undefined;
  /** How many of its targets ended other than well when they last ran. */
  readonly failing: number;
  readonly skipped: number;
  readonly isOpen: boolean;
}

/** A device: a line that says how it is doing, and all of its figures below that. */
export function deviceSection(view: DeviceView, context: DeviceContext): Html {
  const { nowSeconds } = context;
  const { coldStarts } = view;
  return html`<details class="device card" ${context.isOpen ? html` open` : undefined}>
    <summary>${glance(view, context)}</summary>
    <div class="parts">
      ${facts(view, context)} ${coldStarts.map((one) => coldStartSection(one, nowSeconds))}
      ${others(view, nowSeconds)}
    </div>
  </details>`;
}

/** What is configured beside cold starts, in as many cells as fill the rows of two that those begin. */
function others(view: DeviceView, nowSeconds: number): Html {
  const { kinds, coldStarts, memory, footprints, transfers } = view;
  const hasMemory = kinds.has(processMemory.name);
  const rest = [
    ...(kinds.has(footprint.name) ? [footprintSection(footprints, nowSeconds)] : []),
    ...(kinds.has(functionIpc.name) || kinds.has(cudaIpc.name)
      ? [transferSection(transfers, nowSeconds)]
      : []),
  ];
  const isOdd = (coldStarts.length + Number(hasMemory)) % 2 === 1;
  return html`${hasMemory ? memorySection(memory, nowSeconds) : undefined}${
    isOdd && rest.length > 1 ? html`<div>${rest}</div>` : rest
  }`;
}

/** Whether a device is to be looked at. */
export function wantsAttention({ coldStarts }: DeviceView, failing: number): boolean {
  return failing > 0 || coldStarts.some((one) => findRegression(one).isSlower);
}

function glance(view: DeviceView, context: DeviceContext): Html {
  const { nowSeconds } = context;
  const { device, coldStarts, memory, footprints } = view;
  const [first] = coldStarts;
  const { used, total } = memory?.memory.parts ?? {};
  const fit = footprints.find(({ projectedInstances }) => projectedInstances !== undefined);
  return html`<h3>GPU ${device.gpu} <small>${device.name}</small></h3>
    ${state(view, context)}
    <span class="glance"
      >${fact("Cold start", coldStartGlance(first))}${fact(
        "Memory used",
        html`${orDash(used, formatSize)}
        ${total === undefined ? undefined : html`<small>of ${formatSize(total)}</small>`}`,
      )}${fact("Room for", html`${orDash(fit?.projectedInstances, (many) => `${String(many)} more`)}`)}</span
    ><span class="trend">${first && drawDay(first, nowSeconds)}</span>`;
}

function state(view: DeviceView, { failing, skipped }: DeviceContext): Html {
  if (failing > 0) return pill("bad", `${String(failing)} failing`);
  if (wantsAttention(view, failing)) return pill("bad", "slower");
  if (view.kinds.size === 0) return pill("idle", "no probe");
  if (skipped > 0) return pill("pause", `${String(skipped)} skipped`);
  return hasFigures(view) ? pill("good", "healthy") : pill("idle", "not run yet");
}

function hasFigures({ coldStarts, memory, footprints, transfers }: DeviceView): boolean {
  const isStarted = coldStarts.some(({ last }) => last !== undefined);
  return isStarted || memory !== undefined || footprints.length > 0 || transfers.length > 0;
}

function fact(name: string, value: Html): Html {
  return html`<span><span class="name">${name}</span> <span class="value">${value}</span></span>`;
}

function coldStartGlance(view: ColdStartView | undefined): Html {
  if (view?.last === undefined) return html`${DASH}`;
  const { toDay, toBaseline } = findRegression(view);
  const ratio = toBaseline ?? toDay;
  const against = toBaseline === undefined ? "the day" : "baseline";
  return html`${formatDuration(view.last.seconds)}
  ${ratio === undefined ? undefined : html`<small>${formatRatio(ratio)} ${against}</small>`}`;
}

function facts({ device }: DeviceView, { driver }: DeviceContext): Html {
  const { gpuUuid, migUuid, pciBusId, persistenceMode, computeMode } = device;
  return terms(
    [
      ["UUID", html`<code>${gpuUuid}</code>`],
      ...(migUuid === "" ? [] : ([["MIG instance", html`<code>${migUuid}</code>`]] as const)),
      ["Driver", driver && `${driver.driverVersion}, CUDA ${driver.cudaVersion}`],
      ["PCI bus", pciBusId],
      ["Persistence mode", persistenceMode],
      ["Compute mode", computeMode.replaceAll("_", " ")],
    ],
    "facts",
  );
}
