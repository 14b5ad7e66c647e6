import type { RunEnd } from "../runner/run.ts";
import { summarize } from "../statistics/summary.ts";
import { samplesOf } from "./samples.ts";

/** A phase of a transfer, in every sample that was observed. */
export interface TransferPhase {
  readonly phase: string;
  readonly seconds: readonly number[];
}

/** Data of one size that was passed on in one way, in every sample that was observed. */
export interface Transfer {
  readonly sizeBytes: number;
  /** `stream`, `first` or `reuse`. */
  readonly use: string;
  /** The GPU that it was passed on to; empty where that is the GPU it was on. */
  readonly peerGpuUuid: string;
  readonly seconds: readonly number[];
  readonly phases: readonly TransferPhase[];
}

/** What runs say of their transfers: sizes ascend as the runs have them, and runs of the same sizes become one. */
export function readTransfers(ends: readonly RunEnd[]): readonly Transfer[] {
  const phases = groupValues(ends, "phase_seconds", [
    "size_bytes",
    "use",
    "peer_gpu_uuid",
    "phase",
  ]);
  const transfers = groupValues(ends, "transfer_seconds", ["size_bytes", "use", "peer_gpu_uuid"]);
  return transfers.map(({ labels, values }) => {
    const [size = "", use = "", peerGpuUuid = ""] = labels;
    const own = phases.filter((group) => labels.every((label, at) => group.labels[at] === label));
    return {
      sizeBytes: Number(size),
      use,
      peerGpuUuid,
      seconds: values,
      phases: own.map((group) => ({ phase: group.labels.at(-1) ?? "", seconds: group.values })),
    };
  });
}

interface Group {
  /** The values of the labels that it was asked for by. */
  readonly labels: readonly string[];
  readonly values: readonly number[];
}

function groupValues(
  ends: readonly RunEnd[],
  name: string,
  labelNames: readonly string[],
): readonly Group[] {
  const groups = new Map<
    string,
    { readonly labels: readonly string[]; readonly values: number[] }
  >();
  for (const sample of ends.flatMap((end) => samplesOf(end, name))) {
    const labels = labelNames.map((label) => sample.labels[label] ?? "");
    const key = labels.join(" ");
    const group = groups.get(key) ?? { labels, values: [] };
    group.values.push(sample.value);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** The middle one of some values. Not a number where there are none. */
export function medianOf(values: readonly number[]): number {
  return summarize(values)?.median ?? Number.NaN;
}

/** What a phase of a transfer took in every sample; nothing where it has no such phase. */
export function secondsOf({ phases }: Transfer, phase: string): readonly number[] {
  return phases.find((other) => other.phase === phase)?.seconds ?? [];
}
