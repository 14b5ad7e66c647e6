import { ok, type Result } from "../base/result.ts";
import type { RunEnd } from "../runner/run.ts";
import { breakEvenTable } from "./break-even.ts";
import { readTransfers } from "./ipc-report.ts";
import {
  byPeer,
  describeSamples,
  gigabytesPerSecond,
  microseconds,
  p95,
  transferTable,
} from "./ipc-tables.ts";
import type { Table } from "./kind.ts";

/** By use: the columns, by the names that the experiment of StreamBox has for them, where it has any. */
const USES = [
  {
    use: "first",
    name: "first use",
    columns: [
      ["get handle", "export"],
      ["open handle", "open"],
      ["first touch", "first_touch"],
      ["copy", "copy"],
      ["kernel + handle", "kernel"],
      ["close", "close"],
      ["end to end", undefined],
    ],
  },
  {
    use: "reuse",
    name: "reuse",
    columns: [
      ["copy", "copy"],
      ["kernel + handle", "kernel"],
    ],
  },
] as const;

/** By size, of all runs together: what a first use takes, what each later one; and from which size on that is faster than function IPC. */
export function cudaIpcTables(
  ends: readonly RunEnd[],
  functionIpc?: Result<readonly RunEnd[]>,
): readonly Table[] {
  const tables = byPeer(readTransfers(ends)).flatMap(({ to, transfers: all }) =>
    USES.flatMap(({ use, name, columns }) => {
      const transfers = all.filter((transfer) => transfer.use === use);
      if (transfers.length === 0) return [];
      return [
        transferTable(`${name}${to}, µs, ${describeSamples(transfers)}:`, transfers, [
          ...columns.map(([header, phase]) => microseconds(header, phase)),
          ...p95(transfers),
          gigabytesPerSecond("copy GB/s", "copy"),
        ]),
      ];
    }),
  );
  if (functionIpc === undefined || tables.length === 0) return tables;
  return [...tables, breakEvenTable({ functionIpc, cudaIpc: ok(ends) })];
}
