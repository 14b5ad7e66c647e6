import type { Chart, Part } from "../plots/chart.ts";
import type { RunEnd } from "../runner/run.ts";
import {
  readProcessMemory,
  type DeviceMemory,
  type MemoryHolder,
  type MemoryPart,
} from "./process-memory-report.ts";

/** So many processes of a GPU have a part of their own; the others are one. */
const PROCESSES = 6;

const REST: readonly MemoryPart[] = ["own", "overflow", "unattributed", "reserved", "free"];

/** The last run: a bar a GPU, of whom its memory is with. */
export function processMemoryCharts(ends: readonly RunEnd[]): readonly Chart[] {
  const devices = ends.slice(-1).flatMap(readProcessMemory);
  const bars = devices
    .filter(({ parts }) => parts.total !== undefined)
    .map((device) => ({
      name: device.name,
      parts: splitMemory(device, ({ pid }) => `process ${pid}`),
    }));
  return [{ type: "stack", title: "Memory of each GPU", unit: "bytes", bars }];
}

/** Who holds how much of a GPU's memory, the largest first, and what becomes of the rest. */
export function splitMemory(
  { parts, holders }: DeviceMemory,
  nameOf: (holder: MemoryHolder) => string,
): readonly Part[] {
  const processes = holders.toSorted((one, other) => other.bytes - one.bytes);
  const others = processes.slice(PROCESSES).reduce((sum, { bytes }) => sum + bytes, 0);
  return [
    ...processes
      .slice(0, PROCESSES)
      .map((holder) => ({ name: nameOf(holder), value: holder.bytes })),
    ...(others === 0 ? [] : [{ name: "other processes", value: others }]),
    ...REST.flatMap((name) => {
      const value = parts[name];
      if (value === undefined) return [];
      return [name === "free" ? { name, value, isRest: true } : { name, value }];
    }),
  ];
}
