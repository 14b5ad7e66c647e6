import { html, type Html } from "../../base/html.ts";
import type { LostDevice } from "../../devices/device.ts";
import type { StatusView, TargetStatus } from "../status.ts";
import { deviceSection, wantsAttention } from "./device-section.ts";
import { pill, toneOf, type Tone } from "./outcome-pill.ts";
import type { DeviceView } from "./views.ts";

/** So many devices are shown with all of their figures; of more, only those that are to be looked at. */
const OPEN = 2;

/** All devices: those first that do not answer, then those that are to be looked at. */
export function devicesSection(view: StatusView): Html | undefined {
  const { devices, lost, targets, atSeconds: nowSeconds, driver } = view;
  if (devices.length === 0 && lost.length === 0) return undefined;
  const rated = devices.map((device) => {
    const failing = countTargets(device, targets, "bad");
    const skipped = countTargets(device, targets, "pause");
    return { device, failing, skipped, isUrgent: wantsAttention(device, failing) };
  });
  const sorted = rated.toSorted((one, other) => Number(other.isUrgent) - Number(one.isUrgent));
  const urgent = sorted.filter(({ isUrgent }) => isUrgent);
  const open = devices.length <= OPEN ? sorted : urgent.slice(0, 1);
  return html`<section>
    <h2>GPUs</h2>
    ${lost.map(lostSection)}
    ${sorted.map((one) => {
      const isOpen = open.includes(one);
      return deviceSection(one.device, { ...one, nowSeconds, driver, isOpen });
    })}
  </section>`;
}

function countTargets(
  { device }: DeviceView,
  targets: readonly TargetStatus[],
  tone: Tone,
): number {
  const uuid = device.migUuid === "" ? device.gpuUuid : device.migUuid;
  return targets.filter(
    (target) => target.device?.uuid === uuid && toneOf(target.last?.outcome) === tone,
  ).length;
}

function lostSection({ gpu, reason, code }: LostDevice): Html {
  return html`<div class="device card lost">
    <h3>GPU ${gpu}</h3>
    ${pill("bad", "does not answer")}
    <span>${reason} <code>${code}</code></span>
  </div>`;
}
