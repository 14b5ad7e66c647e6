import { html, type Html } from "../../base/html.ts";
import type { FailureStatus, StatusView } from "../status.ts";
import { relativeTime } from "../times.ts";
import { outcomePill } from "./outcome-pill.ts";
import { why } from "./why.ts";

/** So many are shown at once; the others are a click away. */
const SHOWN = 5;

/** The latest failures of the host, each with the end of what its probe said. */
export function failuresSection({ failures, atSeconds }: StatusView): Html {
  const items = failures.map((one) => failure(one, atSeconds));
  const rest = items.slice(SHOWN);
  return html`<section>
    <h2>Last failures</h2>
    ${items.length === 0 ? NOTHING : html`<div class="card">${items.slice(0, SHOWN)}${more(rest)}</div>`}
  </section>`;
}

const NOTHING = html`<p class="card none">No run has failed, as far as is remembered.</p>`;

function more(rest: readonly Html[]): Html | undefined {
  if (rest.length === 0) return undefined;
  return html`<details class="list">
    <summary>${rest.length} more</summary>
    ${rest}
  </details>`;
}

function failure(run: FailureStatus, nowSeconds: number): Html {
  const { probe, device, outcome, atSeconds, runId } = run;
  return html`<details class="failure">
    <summary>
      <strong>${probe}</strong> ${device === undefined ? "host" : `GPU ${String(device.gpu)}`}
      ${outcomePill(outcome)} <span class="why">${why(run)}</span>
      <span class="soft">${relativeTime(atSeconds, nowSeconds)}</span>
    </summary>
    <p class="as-of">Run <code>${runId}</code> in the log.</p>
    ${said("The end of its output", run.transcript.join("\n"))}
    ${said("The end of its standard error", run.stderr)}
  </details>`;
}

function said(what: string, text: string): Html {
  return text.trim() === ""
    ? html`<p class="as-of">${what} is empty.</p>`
    : html`<p class="as-of">${what}:</p>
        <pre tabindex="0">${text}</pre>`;
}
