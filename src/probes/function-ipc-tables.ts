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

/** The columns, by the names that the experiment of StreamBox has for them. */
const LEGS = [
  ["device to host", "device_to_host"],
  ["transport", "transport"],
  ["host to device", "host_to_device"],
  ["end to end", undefined],
] as const;

/** By size: the legs and the whole, of all runs together; and from which size on CUDA IPC is faster. */
export function functionIpcTables(
  mechanism: string,
): (ends: readonly RunEnd[], cudaIpc?: Result<readonly RunEnd[]>) => readonly Table[] {
  // Shared memory is handed over where it lies: no byte of it moves.
  const moving = LEGS.filter(([, phase]) => mechanism !== "shm" || phase !== "transport");
  return (ends, cudaIpc) => {
    const tables = byPeer(readTransfers(ends)).flatMap(({ to, transfers }) => [
      transferTable(`µs${to}, ${describeSamples(transfers)}:`, transfers, [
        ...LEGS.map(([header, phase]) => microseconds(header, phase)),
        ...p95(transfers),
      ]),
      transferTable(
        `GB/s${to}:`,
        transfers,
        moving.map(([header, phase]) => gigabytesPerSecond(header, phase)),
      ),
    ]);
    if (cudaIpc === undefined || tables.length === 0) return tables;
    return [...tables, breakEvenTable({ functionIpc: ok(ends), cudaIpc })];
  };
}
