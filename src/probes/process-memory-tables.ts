import { formatSize } from "../base/units.ts";
import type { RunEnd } from "../runner/run.ts";
import { figure } from "./figure.ts";
import type { Figure, Table } from "./kind.ts";
import { MEMORY_PARTS, readProcessMemory, type DeviceMemory } from "./process-memory-report.ts";

/** Each GPU's memory, how many processes hold some, and what each of those holds that are told apart. */
export function processMemoryFigures(end: RunEnd): readonly Figure[] {
  return readProcessMemory(end).flatMap(({ name, parts, processes, holders }) => [
    ...MEMORY_PARTS.flatMap((part) => figure(`${name} ${part}`, parts[part], "bytes")),
    ...figure(`${name} processes`, processes, "count"),
    ...holders.flatMap(({ pid, bytes }) => figure(`${name} process ${pid}`, bytes, "bytes")),
  ]);
}

/** The last run: a row a GPU, and a row a process. */
export function processMemoryTables(ends: readonly RunEnd[]): readonly Table[] {
  const devices = ends.slice(-1).flatMap(readProcessMemory);
  const tables = [tabulateDevices(devices)];
  const isHeld = devices.some(({ holders }) => holders.length > 0);
  return isHeld ? [...tables, tabulateProcesses(devices)] : tables;
}

function tabulateDevices(devices: readonly DeviceMemory[]): Table {
  const rows = devices.map(({ name, parts, processes }) => {
    const sizes = MEMORY_PARTS.map((part) => parts[part]);
    return [
      name,
      ...sizes.map((size) => (size === undefined ? "?" : formatSize(size))),
      String(processes),
    ];
  });
  return { header: ["", ...MEMORY_PARTS, "processes"], rows };
}

function tabulateProcesses(devices: readonly DeviceMemory[]): Table {
  const rows = devices.flatMap((device) =>
    device.holders.map(({ pid, name, client, owner, bytes }) => [
      device.name,
      pid,
      name,
      client,
      owner,
      formatSize(bytes),
    ]),
  );
  const words = ["", "pid", "name", "client", "owner"];
  return { header: [...words, "memory"], rows, wordColumns: words.length };
}
