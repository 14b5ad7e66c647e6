import { formatDuration } from "../base/units.ts";
import type { Outcome } from "../protocol/outcomes.ts";
import { html, type Html } from "../base/html.ts";
import type { LastRun, StatusView, TargetStatus } from "./status.ts";
import { relativeTime } from "./times.ts";

/** All targets with their last and next runs. */
export function targetsTable({ targets, atSeconds }: StatusView): Html {
  if (targets.length === 0) return NO_TARGETS;
  const rows = targets.map((target) => row(target, atSeconds));
  return html`<table>
    <thead>
      <tr>
        <th>Probe</th>
        <th>GPU</th>
        <th colspan="2">Last run</th>
        <th class="number">Ended</th>
        <th class="number">Took</th>
        <th class="number">Next run</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
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

const NO_TARGETS = html`<p class="none">
  Nothing to run: no probe is configured for a GPU that answers.
</p>`;

function row(target: TargetStatus, nowSeconds: number): Html {
  const { last, nextAtSeconds } = target;
  return html`<tr>
    <td>
      ${target.probe}${target.kind === target.probe ? undefined : html`<small>${target.kind}</small>`}
    </td>
    <td${target.device === undefined ? undefined : html` class="gpu"`}>${deviceCell(target.device)}</td>
    <td>${pill(last?.outcome)}</td>
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

function deviceCell(device: TargetStatus["device"]): Html {
  if (device === undefined) return html`host`;
  return html`<span title="${device.uuid}">${device.gpu}</span><small>${device.name}</small>`;
}

type Tone = "good" | "bad" | "pause";

const TONES: Readonly<Record<Outcome, Tone>> = {
  success: "good",
  skipped: "pause",
  failure: "bad",
  timeout: "bad",
  hung: "bad",
  crashed: "bad",
  bad_output: "bad",
  not_started: "bad",
};

function pill(outcome: Outcome | undefined): Html {
  if (outcome === undefined) return html`<span class="pill">not run yet</span>`;
  return html`<span class="pill ${TONES[outcome]}">${outcome.replaceAll("_", " ")}</span>`;
}

/** "oom in allocate", the driver's name for it, and the message. */
function why({ outcome, reason, phase, code, message }: LastRun): Html | undefined {
  if (outcome === "success") return undefined;
  const said = reason === undefined || reason === outcome ? undefined : reason;
  return html`${said}${phase === undefined ? undefined : html` in ${phase}`}
  ${code === undefined || code === "" ? undefined : html`<code>${code}</code>`}
  ${message === undefined ? undefined : html`<small>${message}</small>`}`;
}
