import type { Chart, Part } from "../plots/chart.ts";
import type { RunEnd } from "../runner/run.ts";
import { processMemoryFigures } from "./process-memory-tables.ts";

/** So many processes of a GPU have a part of their own; the others are one. */
const PROCESSES = 6;

const REST = ["own", "overflow", "unattributed", "reserved", "free"];

/** The last run: a bar a GPU, of whom its memory is with. */
export function processMemoryCharts(ends: readonly RunEnd[]): readonly Chart[] {
  const parts = ends.slice(-1).flatMap(processMemoryFigures);
  const gpus = parts.filter(({ name }) => name.endsWith(" total"));
  const bars = gpus.map(({ name }) => {
    const gpu = name.slice(0, -" total".length);
    return { name: gpu, parts: splitGpu(partsOf(parts, gpu)) };
  });
  return [{ type: "stack", title: "Memory of each GPU", unit: "bytes", bars }];
}

function partsOf(parts: readonly Part[], gpu: string): readonly Part[] {
  return parts
    .filter(({ name }) => name.startsWith(`${gpu} `))
    .map(({ name, value }) => ({ name: name.slice(gpu.length + 1), value }));
}

function splitGpu(parts: readonly Part[]): readonly Part[] {
  const processes = parts
    .filter(({ name }) => name.startsWith("process "))
    .toSorted((one, other) => other.value - one.value);
  const others = processes.slice(PROCESSES).reduce((sum, { value }) => sum + value, 0);
  const rest = REST.flatMap((wanted) => parts.filter(({ name }) => name === wanted));
  const other = others === 0 ? [] : [{ name: "other processes", value: others }];
  return [...processes.slice(0, PROCESSES), ...other, ...rest];
}
