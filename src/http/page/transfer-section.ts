import { html, type Html } from "../../base/html.ts";
import { formatDuration, formatExactSize } from "../../base/units.ts";
import { medianOf, type Transfer } from "../../probes/ipc-report.ts";
import { gigabytesPerSecond } from "../../probes/ipc-tables.ts";
import { asOf } from "./as-of.ts";
import { DASH } from "./terms.ts";
import type { TransferView } from "./views.ts";

/** A way of passing data on: what of a probe's transfers has one use, and goes to one GPU. */
interface Way {
  readonly view: TransferView;
  readonly use: string;
  readonly peerGpuUuid: string;
  readonly transfers: readonly Transfer[];
}

/** What passing data on takes: a row a size, a column a way. */
export function transferSection(views: readonly TransferView[], nowSeconds: number): Html {
  return html`<section class="part">
    <h4>Passing data from process to process</h4>
    ${views.length === 0 ? NOTHING : transferContent(views, nowSeconds)}
  </section>`;
}

const NOTHING = html`<p class="none">No transfer was measured yet.</p>`;

function transferContent(views: readonly TransferView[], nowSeconds: number): Html {
  const ways = views.flatMap(findWays);
  const sizes = new Set(ways.flatMap(({ transfers }) => transfers.map((one) => one.sizeBytes)));
  const sorted = [...sizes].toSorted((one, other) => one - other);
  return html`<div class="scrolls" tabindex="0" role="region" aria-label="Transfers by size">
      <table>
        <caption class="unseen">
          Median time and rate of passing data on, by size and way
        </caption>
        <thead>
          <tr>
            <th scope="col">Size</th>
            ${ways.map(wayHeader)}
          </tr>
        </thead>
        <tbody>
          ${sorted.map((size) => sizeRow(size, ways))}
        </tbody>
      </table>
    </div>
    ${views.map((view) => html`<div class="of">${view.probe}: ${asOf(view, nowSeconds)}</div>`)}`;
}

function findWays(view: TransferView): readonly Way[] {
  const keys = view.transfers.map(({ use, peerGpuUuid }) => `${use} ${peerGpuUuid}`);
  return [...new Set(keys)].map((key) => {
    const [use = "", peerGpuUuid = ""] = key.split(" ");
    const transfers = view.transfers.filter((_, index) => keys[index] === key);
    return { view, use, peerGpuUuid, transfers };
  });
}

function wayHeader({ view, use, peerGpuUuid }: Way): Html {
  const how = [view.mechanism, view.memory, use].filter((word) => word !== "" && word !== "stream");
  const to = peerGpuUuid === "" ? undefined : html`<small>to ${peerGpuUuid.slice(0, 12)}</small>`;
  return html`<th scope="col" class="number">
    ${how.join(" ")}<small>${view.probe}</small>${to}
  </th>`;
}

function sizeRow(size: number, ways: readonly Way[]): Html {
  const cells = ways.map(({ transfers }) => {
    const transfer = transfers.find(({ sizeBytes }) => sizeBytes === size);
    return html`<td class="number">${transfer === undefined ? DASH : transferCell(transfer)}</td>`;
  });
  return html`<tr>
    <th scope="row">${formatExactSize(size)}</th>
    ${cells}
  </tr>`;
}

const RATE = gigabytesPerSecond("");

function transferCell(transfer: Transfer): Html {
  const seconds = medianOf(transfer.seconds);
  const time = Number.isFinite(seconds) ? formatDuration(seconds) : DASH;
  const rate = RATE.cell(transfer);
  return html`${time}<small>${rate === "" ? DASH : `${rate} GB/s`}</small>`;
}
