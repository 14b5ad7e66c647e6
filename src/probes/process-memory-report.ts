import type { Sample } from "../protocol/report.ts";
import type { RunEnd } from "../runner/run.ts";

/** What there is of each GPU, in the order in which people ask for it, by its name in tables. */
const PARTS = {
  total: "memory_total_bytes",
  used: "memory_used_bytes",
  reserved: "memory_reserved_bytes",
  free: "memory_free_bytes",
  unattributed: "unattributed_memory_bytes",
  own: "own_memory_bytes",
  overflow: "overflow_memory_bytes",
} as const;

/** A part of a GPU's memory. */
export type MemoryPart = keyof typeof PARTS;

export const MEMORY_PARTS: readonly MemoryPart[] = [
  "total",
  "used",
  "reserved",
  "free",
  "unattributed",
  "own",
  "overflow",
];

/** A process that holds memory of a GPU, and whose it is, in words. */
export interface MemoryHolder {
  readonly pid: string;
  /** What it calls itself, without what makes a terminal do things. */
  readonly name: string;
  readonly client: string;
  /** All that is known; empty where that is nothing. Ids of containers are cut as docker cuts them. */
  readonly owner: string;
  readonly bytes: number;
}

/** The memory of a GPU, or of a MIG instance of it, and who holds it. */
export interface DeviceMemory {
  /** `GPU 0`, with the UUID of an instance. */
  readonly name: string;
  readonly gpuUuid: string;
  readonly migUuid: string;
  /** In bytes; what NVML does not tell is not there. */
  readonly parts: Readonly<Partial<Record<MemoryPart, number>>>;
  /** Of all clients, those whose memory is not known among them. */
  readonly processes: number;
  /** Those that are told apart, as the run has them. */
  readonly holders: readonly MemoryHolder[];
}

/** What a run of process_memory found on each GPU. */
export function readProcessMemory(end: RunEnd): readonly DeviceMemory[] {
  const samples = end.report.instances.flatMap((instance) => instance.samples);
  const names = [...new Set(samples.map(deviceOf))];
  return names.map((name) =>
    readDevice(
      name,
      samples.filter((sample) => deviceOf(sample) === name),
    ),
  );
}

function readDevice(name: string, samples: readonly Sample[]): DeviceMemory {
  const { gpu_uuid: gpuUuid = "", mig_uuid: migUuid = "" } = samples[0]?.labels ?? {};
  const parts = MEMORY_PARTS.flatMap((part) =>
    named(samples, PARTS[part]).map(({ value }) => [part, value] as const),
  );
  return {
    name,
    gpuUuid,
    migUuid,
    parts: Object.fromEntries(parts),
    processes: named(samples, "processes").reduce((sum, { value }) => sum + value, 0),
    holders: named(samples, "process_memory_bytes").map(readHolder),
  };
}

function readHolder({ labels, value }: Sample): MemoryHolder {
  const { pid = "", process_name: name = "", client = "" } = labels;
  return { pid, name: printable(name), client, owner: describeOwner(labels), bytes: value };
}

/** A process names itself, and may do so with what makes a terminal do things. */
function printable(name: string): string {
  return name.replaceAll(/\p{C}/gu, "?");
}

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

function deviceOf({ labels }: Sample): string {
  const { gpu = "", mig_uuid: mig = "" } = labels;
  return mig === "" ? `GPU ${gpu}` : `GPU ${gpu} ${mig}`;
}

function named(samples: readonly Sample[], wanted: string): readonly Sample[] {
  return samples.filter(({ name }) => name === wanted);
}
