import { html, type Html } from "../../base/html.ts";
import { formatDuration } from "../../base/units.ts";
import type { RunStatus, StatusView } from "../status.ts";
import { relativeTime } from "../times.ts";
import { outcomePill } from "./outcome-pill.ts";
import { deviceCell } from "./targets-table.ts";
import { orDash } from "./terms.ts";
import { why } from "./why.ts";

/** The latest runs of the host, closed until they are asked for. */
export function runsSection({ runs, atSeconds }: StatusView): Html {
  return html`<section>
    <h2>Last runs</h2>
    ${runs.length === 0 ? NOTHING : runsList(runs, atSeconds)}
  </section>`;
}

const NOTHING = html`<p class="card none">Nothing has run yet.</p>`;

function runsList(runs: readonly RunStatus[], nowSeconds: number): Html {
  return html`<details class="card list">
    <summary>The last ${runs.length} of all probes, the latest first</summary>
    <table class="stacks">
      <caption class="unseen">
        The last runs
      </caption>
      <thead>
        <tr>
          <th scope="col">Probe</th>
          <th scope="col">GPU</th>
          <th scope="col">Outcome</th>
          <th scope="col">Reason</th>
          <th scope="col" class="number">Ended</th>
          <th scope="col" class="number">Took</th>
        </tr>
      </thead>
      <tbody>
        ${runs.map((run) => row(run, nowSeconds))}
      </tbody>
    </table>
  </details>`;
}

function row(run: RunStatus, nowSeconds: number): Html {
  const { probe, device, outcome, atSeconds, durationSeconds } = run;
  return html`<tr>
    <th scope="row">${probe}</th>
    <td${device === undefined ? undefined : html` class="gpu"`}>${deviceCell(device)}</td>
    <td>${outcomePill(outcome)}</td>
    <td class="why">${why(run)}</td>
    <td class="number" data-label="Ended">${relativeTime(atSeconds, nowSeconds)}</td>
    <td class="number" data-label="Took">${orDash(durationSeconds, formatDuration)}</td>
  </tr> `;
}
