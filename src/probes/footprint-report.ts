import type { RunEnd } from "../runner/run.ts";
import { samplesOf, valueOf } from "./samples.ts";

/** What a phase added to a process's memory on the GPU; 0 is a finding, and less is one, too. */
export interface AddedBytes {
  readonly phase: string;
  readonly bytes: number;
}

/** What a run of the footprint came to. */
export interface FootprintReport {
  readonly process: readonly AddedBytes[];
  /** The first is all that the server holds then; empty without MPS, or where NVML does not tell. */
  readonly server: readonly AddedBytes[];
  /** Of the process, after the last phase. */
  readonly processBytes: number;
  readonly serverBytes: number | undefined;
  /** The part of the process's memory that it did not ask for, 0 to 1; undefined of a process without any. */
  readonly runtimeRatio: number | undefined;
}

/** Undefined when the run said nothing of its process. */
export function readFootprint(end: RunEnd): FootprintReport | undefined {
  const processBytes = samplesOf(end, "process_bytes").at(-1)?.value;
  if (processBytes === undefined) return undefined;
  return {
    process: findAdded(end, "process_bytes"),
    server: findAdded(end, "mps_server_bytes"),
    processBytes,
    serverBytes: samplesOf(end, "mps_server_bytes").at(-1)?.value,
    runtimeRatio: runtimeRatio(valueOf(end, "requested_bytes"), processBytes),
  };
}

/** How much of `bytes` is the runtime's: what the function did not ask for. */
export function runtimeRatio(
  requestedBytes: number | undefined,
  bytes: number,
): number | undefined {
  return requestedBytes === undefined || bytes <= 0 ? undefined : 1 - requestedBytes / bytes;
}

function findAdded(end: RunEnd, name: string): readonly AddedBytes[] {
  const totals = samplesOf(end, name);
  return totals.map(({ labels, value }, index) => ({
    phase: labels["phase"] ?? "",
    bytes: value - (totals[index - 1]?.value ?? 0),
  }));
}
