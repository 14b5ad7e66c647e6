import { formatSize } from "../base/units.ts";
import type { Sample } from "../protocol/report.ts";
import type { RunEnd } from "../runner/run.ts";
import type { Figure, Table } from "./kind.ts";

const PROCESS = "process_memory_bytes";

/** What there is of each GPU, in the order in which people ask for it, by its name in tables. */
const MEMORY: readonly (readonly [name: string, sample: string])[] = [
  ["total", "memory_total_bytes"],
  ["used", "memory_used_bytes"],
  ["reserved", "memory_reserved_bytes"],
  ["free", "memory_free_bytes"],
  ["unattributed", "unattributed_memory_bytes"],
  ["own", "own_memory_bytes"],
  ["overflow", "overflow_memory_bytes"],
];

/** Each GPU's memory, how many processes hold some, and what each of those holds that are told apart. */
export function processMemoryFigures(end: RunEnd): readonly Figure[] {
  const samples = samplesOf(end);
  return devicesOf(samples).flatMap((device): readonly Figure[] => {
    const own = samples.filter((sample) => deviceOf(sample) === device);
    const memory = MEMORY.flatMap(([name, sample]) =>
      bytes(`${device} ${name}`, named(own, sample)),
    );
    const processes = named(own, PROCESS).flatMap((sample) =>
      bytes(`${device} process ${sample.labels["pid"] ?? ""}`, [sample]),
    );
    const count = {
      name: `${device} processes`,
      value: countProcesses(own),
      unit: "count",
    } as const;
    return [...memory, count, ...processes];
  });
}

function bytes(name: string, samples: readonly Sample[]): readonly Figure[] {
  return samples.map(({ value }) => ({ name, value, unit: "bytes" }));
}

/** The last run: a row a GPU, and a row a process. */
export function processMemoryTables(ends: readonly RunEnd[]): readonly Table[] {
  const samples = ends.slice(-1).flatMap(samplesOf);
  const processes = named(samples, PROCESS);
  const tables = [tabulateDevices(samples)];
  return processes.length === 0 ? tables : [...tables, tabulateProcesses(processes)];
}

function tabulateDevices(samples: readonly Sample[]): Table {
  const rows = devicesOf(samples).map((device) => {
    const own = samples.filter((sample) => deviceOf(sample) === device);
    const sizes = MEMORY.map(([, sample]) => named(own, sample)[0]);
    return [
      device,
      ...sizes.map((sample) => (sample === undefined ? "?" : formatSize(sample.value))),
      String(countProcesses(own)),
    ];
  });
  return { header: ["", ...MEMORY.map(([name]) => name), "processes"], rows };
}

function tabulateProcesses(processes: readonly Sample[]): Table {
  const rows = processes.map((sample) => {
    const { labels, value } = sample;
    const { pid = "", process_name: name = "", client = "" } = labels;
    const owner = describeOwner(labels);
    return [deviceOf(sample), pid, printable(name), client, owner, formatSize(value)];
  });
  const words = ["", "pid", "name", "client", "owner"];
  return { header: [...words, "memory"], rows, wordColumns: words.length };
}

/** A process names itself, and may do so with what makes a terminal do things. */
function printable(name: string): string {
  return name.replaceAll(/\p{C}/gu, "?");
}

/** All that is known; ids of containers are cut as docker cuts them. */
function describeOwner(labels: Sample["labels"]): string {
  const { container_id: container = "", pod_uid: pod = "" } = labels;
  const { slurm_job: job = "", systemd_unit: unit = "" } = labels;
  return [
    ...(pod === "" ? [] : [`pod ${pod}`]),
    ...(container === "" ? [] : [`container ${container.slice(0, 12)}`]),
    ...(job === "" ? [] : [`job ${job}`]),
    ...(unit === "" ? [] : [unit]),
  ].join(", ");
}

function samplesOf(end: RunEnd): readonly Sample[] {
  return end.report.instances.flatMap(({ samples }) => samples);
}

function devicesOf(samples: readonly Sample[]): readonly string[] {
  return [...new Set(samples.map(deviceOf))];
}

function deviceOf({ labels }: Sample): string {
  const { gpu = "", mig_uuid: mig = "" } = labels;
  return mig === "" ? `GPU ${gpu}` : `GPU ${gpu} ${mig}`;
}

function countProcesses(samples: readonly Sample[]): number {
  return named(samples, "processes").reduce((sum, { value }) => sum + value, 0);
}

function named(samples: readonly Sample[], wanted: string): readonly Sample[] {
  return samples.filter(({ name }) => name === wanted);
}
