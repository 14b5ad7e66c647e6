import { formatSize, formatSpan } from "../base/units.ts";
import type { Config, Target } from "../config/config.ts";
import type { QuietHours } from "../config/quiet-hours.ts";
import type { HostState } from "../devices/host-state.ts";
import type { Refusal } from "./decide-go.ts";

/** What is known without a look at the driver. */
export interface HoldInput {
  readonly target: Target;
  readonly gates: Config["gates"];
  readonly host: HostState;
  /** The window that is open at the moment. */
  readonly quietHours: QuietHours | undefined;
}

/** A check that needs no look at the driver; undefined lets the run go. */
export type HoldGate = (input: HoldInput) => Refusal | undefined;

const HOLD_GATES: readonly HoldGate[] = [refuseQuietHours, refuseLowHostMemory, refuseHostLoad];

/** Asks the gates that need no look at the driver, in their order. They come first, so that what they hold back starts no process at all. */
export function refuseHold(input: HoldInput): Refusal | undefined {
  for (const gate of HOLD_GATES) {
    const refusal = gate(input);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/** Whatever the run is: quiet is quiet. */
export function refuseQuietHours({ quietHours }: HoldInput): Refusal | undefined {
  if (quietHours === undefined) return undefined;
  const { schedule, durationSeconds } = quietHours;
  return { reason: "quiet_hours", message: `"${schedule}" for ${formatSpan(durationSeconds)}` };
}

/**
 * A host that runs out of memory ends processes, and not necessarily ours. What only looks at the host is let through: it takes next to
 * nothing, and is wanted most on a bad day.
 */
export function refuseLowHostMemory({ target, gates, host }: HoldInput): Refusal | undefined {
  const { memoryAvailableBytes, memoryOf } = host;
  const floor = gates.minFreeHostMemoryBytes;
  if (target.device === undefined) return undefined;
  if (memoryAvailableBytes === undefined || memoryAvailableBytes >= floor) return undefined;
  const available = `${formatSize(memoryAvailableBytes)} available in the ${memoryOf}`;
  return { reason: "host_load", message: `${available}, floor ${formatSize(floor)}` };
}

/** Where so many wait for each CPU a run would measure the waiting, and be one more that waits. */
export function refuseHostLoad({ target, gates, host }: HoldInput): Refusal | undefined {
  const { loadPerCpu } = host;
  if (target.device === undefined) return undefined;
  if (loadPerCpu === undefined || loadPerCpu <= gates.maxHostLoad) return undefined;
  const load = String(Number(loadPerCpu.toPrecision(3)));
  const message = `load ${load} for each CPU, maximum ${String(gates.maxHostLoad)}`;
  return { reason: "host_load", message };
}
