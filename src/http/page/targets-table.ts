import { html, type Html } from "../../base/html.ts";
import { formatDuration } from "../../base/units.ts";
import type { StatusView, TargetDevice, TargetStatus } from "../status.ts";
import { relativeTime } from "../times.ts";
import { outcomePill, toneOf, type Tone } from "./outcome-pill.ts";
import { why } from "./why.ts";

/** So many are shown at once; the others are a click away. */
const SHOWN = 12;

/** All targets with their last and next runs, those first that want to be looked at. */
export function targetsTable({ targets, atSeconds, configuredProbes }: StatusView): Html {
  if (targets.length === 0) return configuredProbes === 0 ? NO_PROBES : NO_TARGETS;
  const sorted = targets.toSorted((one, other) => urgency(one) - urgency(other));
  const rest = sorted.slice(SHOWN);
  return html`${table("Probes, by what is to be looked at first", sorted.slice(0, SHOWN), atSeconds)}
  ${
    rest.length === 0
      ? undefined
      : html`<details class="list">
          <summary>${targetsSummary(rest).replace("target", "more target")}</summary>
          ${table("The other targets", rest, atSeconds)}
        </details>`
  }`;
}

function table(caption: string, targets: readonly TargetStatus[], nowSeconds: number): Html {
  return html`<table class="stacks">
    <caption class="unseen">
      ${caption}
    </caption>
    <thead>
      <tr>
        <th scope="col">Probe</th>
        <th scope="col">GPU</th>
        <th scope="col">Schedule</th>
        <th scope="col">Outcome</th>
        <th scope="col">Reason</th>
        <th scope="col" class="number">Ended</th>
        <th scope="col" class="number">Took</th>
        <th scope="col" class="number">Next run</th>
      </tr>
    </thead>
    <tbody>
      ${targets.map((target) => row(target, nowSeconds))}
    </tbody>
  </table>`;
}

/** How many targets there are, and how they are doing: "3 targets: 2 success, 1 timeout". */
export function targetsSummary(targets: readonly TargetStatus[]): string {
  const outcomes = targets.map(({ last }) => last?.outcome ?? "not run yet");
  const counts = [...new Set(outcomes)].map((outcome) => {
    const count = outcomes.filter((other) => other === outcome).length;
    return `${String(count)} ${outcome.replaceAll("_", " ")}`;
  });
  const total = `${String(targets.length)} ${targets.length === 1 ? "target" : "targets"}`;
  return counts.length === 0 ? total : `${total}: ${counts.join(", ")}`;
}

const URGENCIES: readonly Tone[] = ["bad", "pause", "idle", "good"];

function urgency({ last }: TargetStatus): number {
  return URGENCIES.indexOf(toneOf(last?.outcome));
}

const NO_PROBES = html`<p class="none">Nothing to run: no probe is configured.</p>`;

const NO_TARGETS = html`<p class="none">
  Nothing to run: no probe is configured for a GPU that answers.
</p>`;

function row(target: TargetStatus, nowSeconds: number): Html {
  const { last, nextAtSeconds } = target;
  return html`<tr>
    <th scope="row">
      ${target.probe}${target.kind === target.probe ? undefined : html`<small>${target.kind}</small>`}
    </th>
    <td${target.device === undefined ? undefined : html` class="gpu"`}>${deviceCell(target.device)}</td>
    <td data-label="Schedule"><code class="cron">${target.schedule}</code></td>
    <td>${outcomePill(last?.outcome)}</td>
    <td class="why">${last === undefined ? undefined : why(last)}</td>
    <td class="number" data-label="Ended">
      ${last === undefined ? "–" : relativeTime(last.atSeconds, nowSeconds)}
    </td>
    <td class="number" data-label="Took">
      ${last?.durationSeconds === undefined ? "–" : formatDuration(last.durationSeconds)}
    </td>
    <td class="number" data-label="Next run">
      ${nextAtSeconds === undefined ? "–" : relativeTime(Math.max(nextAtSeconds, nowSeconds), nowSeconds)}
    </td>
  </tr> `;
}

/** The index of a GPU, and what it is when it is pointed at; or the word for the whole host. */
export function deviceCell(device: TargetDevice | undefined): Html {
  if (device === undefined) return html`host`;
  return html`<span title="${device.name}, ${device.uuid}">${device.gpu}</span>`;
}
