import { html, type Html } from "../base/html.ts";
import type { Table } from "../probes/kind.ts";
import { STATISTICS_HEADER, summaryRow } from "./run-formats.ts";
import type { FigureSummary } from "./run-result.ts";

/** The statistics of the figures; undefined where there are none. */
export function statisticsTable(summary: readonly FigureSummary[]): Html | undefined {
  if (summary.length === 0) return undefined;
  return htmlTable({ header: STATISTICS_HEADER, rows: summary.map(summaryRow) });
}

/** A table of the same rows as on a terminal. */
export function htmlTable({ title, header, rows, wordColumns = 1 }: Table): Html {
  const caption =
    title === undefined
      ? undefined
      : html`<caption>
          ${title}
        </caption>`;
  const head = header.map(
    (cell, column) => html`<th scope="col" class="${alignment(column, wordColumns)}">${cell}</th>`,
  );
  return html`<div class="card report">
    <table>
      ${caption}
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => htmlRow(row, wordColumns))}
      </tbody>
    </table>
  </div>`;
}

function htmlRow(row: readonly string[], wordColumns: number): Html {
  const cells = row.map((cell, column) =>
    column === 0
      ? html`<th scope="row">${cell}</th>`
      : html`<td class="${alignment(column, wordColumns)}">${cell}</td>`,
  );
  return html`<tr>
    ${cells}
  </tr>`;
}

function alignment(column: number, wordColumns: number): string {
  return column < wordColumns ? "word" : "number";
}
