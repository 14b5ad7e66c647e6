import type { RunEnd } from "../runner/run.ts";
import { project, type Projection } from "./projection.ts";
import { samplesOf, valueOf } from "./samples.ts";

/** What the whole device had in use around the start of one instance, and how long that took. */
export interface InstanceRow {
  readonly number: string;
  readonly beginBytes: number;
  readonly contextBytes: number;
  readonly endBytes: number;
  readonly startSeconds: number;
}

/** What a run of the density came to. */
export interface DensityReport {
  readonly rows: readonly InstanceRow[];
  readonly instances: number;
  /** What kept it from being more. */
  readonly limit: string;
  /** By how much the device's use grows with each; undefined of none. */
  readonly instanceBytes: number | undefined;
  readonly requestedBytes: number | undefined;
  /** By how they ended: `exit` or `kill`. */
  readonly reclaim: readonly { readonly how: string; readonly seconds: number }[];
  /** How many would have fit, had nothing but memory been the limit. */
  readonly projection: Projection | undefined;
}

/** Undefined when the run did not say how many there were. */
export function readDensity(
  end: RunEnd,
  { mps }: { readonly mps: boolean },
): DensityReport | undefined {
  const instances = valueOf(end, "instances");
  if (instances === undefined) return undefined;
  const instanceBytes = valueOf(end, "instance_bytes");
  return {
    rows: readRows(end),
    instances,
    limit: samplesOf(end, "limit")[0]?.labels["limit"] ?? "",
    instanceBytes,
    requestedBytes: valueOf(end, "requested_bytes"),
    reclaim: samplesOf(end, "reclaim_seconds").map(({ labels, value }) => ({
      how: labels["how"] ?? "",
      seconds: value,
    })),
    projection: instanceBytes === undefined ? undefined : projectAll(end, instanceBytes, mps),
  };
}

function readRows(end: RunEnd): readonly InstanceRow[] {
  const numbered = (name: string, number: string | undefined): number =>
    samplesOf(end, name).find(({ labels }) => labels["number"] === number)?.value ?? Number.NaN;
  return samplesOf(end, "used_begin_bytes").map(({ labels: { number = "" }, value }) => ({
    number,
    beginBytes: value,
    contextBytes: numbered("used_context_bytes", number),
    endBytes: numbered("used_end_bytes", number),
    startSeconds: numbered("start_seconds", number),
  }));
}

/** On the device as it was before the first. Whatever its mode, it has let the instances in. */
function projectAll(end: RunEnd, bytes: number, mps: boolean): Projection | undefined {
  return project(
    { bytes, mps },
    {
      computeMode: "default",
      memoryTotalBytes: valueOf(end, "memory_total_bytes"),
      memoryFreeBytes: valueOf(end, "memory_free_bytes"),
      processes: undefined,
    },
  );
}
