import { html, type Html } from "../../base/html.ts";
import { formatSize } from "../../base/units.ts";
import { drawChart } from "../../plots/draw-chart.ts";
import { splitMemory } from "../../probes/process-memory-charts.ts";
import type { MemoryHolder } from "../../probes/process-memory-report.ts";
import { asOf } from "./as-of.ts";
import { DASH, orDash, terms } from "./terms.ts";
import type { MemoryView } from "./views.ts";

/** So many processes are shown at once; the others are a click away. */
const SHOWN = 8;

/** A device's memory, and who holds it; without a run that told, that nothing is known. */
export function memorySection(view: MemoryView | undefined, nowSeconds: number): Html {
  return html`<section class="part">
    <h4>Memory</h4>
    ${view === undefined ? NOTHING : memoryContent(view, nowSeconds)}
  </section>`;
}

const NOTHING = html`<p class="none">No run of process_memory has told of it yet.</p>`;

function memoryContent(view: MemoryView, nowSeconds: number): Html {
  const { memory } = view;
  const { used, reserved, free, total } = memory.parts;
  return html`${terms([
    ["Used", orDash(used, formatSize)],
    ["Reserved", orDash(reserved, formatSize)],
    ["Free", orDash(free, formatSize)],
    ["Total", orDash(total, formatSize)],
  ])}
  ${drawChart({
    type: "stack",
    title: "Who holds it",
    unit: "bytes",
    bars: [{ name: "", parts: splitMemory(memory, nameHolder).filter(({ value }) => value > 0) }],
  })}
  ${processes(memory.holders, memory.processes)} ${asOf(view, nowSeconds)}`;
}

function nameHolder({ name, pid }: MemoryHolder): string {
  return `${name} ${pid}`.trim();
}

function processes(holders: readonly MemoryHolder[], count: number): Html {
  if (holders.length === 0) {
    return count === 0
      ? html`<p class="as-of">The driver lists no process here.</p>`
      : html`<p class="as-of">${count} processes hold some; how much is not told.</p>`;
  }
  const sorted = holders.toSorted((one, other) => other.bytes - one.bytes);
  const rest = sorted.slice(SHOWN);
  const more =
    rest.length === 0
      ? undefined
      : html`<details class="more">
          <summary>${rest.length} more</summary>
          ${processTable("The other processes", rest)}
        </details>`;
  return html`${processTable("Processes on this GPU", sorted.slice(0, SHOWN))}${more}`;
}

function processTable(caption: string, holders: readonly MemoryHolder[]): Html {
  const rows = holders.map(
    ({ name, pid, client, owner, bytes }) =>
      html`<tr>
        <th scope="row">${name === "" ? DASH : name} <small>${client}</small></th>
        <td class="number">${pid === "" ? DASH : pid}</td>
        <td class="owner">${owner === "" ? DASH : owner}</td>
        <td class="number">${formatSize(bytes)}</td>
      </tr>`,
  );
  return html`<div class="scrolls" tabindex="0" role="region" aria-label="${caption}">
    <table>
      <caption class="unseen">
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">Process</th>
          <th scope="col" class="number">PID</th>
          <th scope="col">Container or owner</th>
          <th scope="col" class="number">Memory</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
