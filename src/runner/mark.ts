import { randomBytes } from "node:crypto";
import { readlinkSync } from "node:fs";
import { isProcShown, readProcessStat } from "../base/process-stat.ts";

/** The variable by which all that a run starts is known, whatever group, session or parent it has by then. */
export const MARK_VARIABLE = "CUDAPROBE_RUN";

/** A mark for one run of this process: `NAMESPACE-PID-STARTTIME-` and letters. */
export function makeMark(): string {
  return `${ownPrefix()}${randomBytes(6).toString("hex")}`;
}

let knownPrefix: string | undefined;

/** Once it was seen it stays the same, also while somebody hides /proc. */
function ownPrefix(): string {
  if (knownPrefix !== undefined) return knownPrefix;
  const wasShown = isProcShown();
  const prefix = prefixOf(process.pid);
  // Somebody may have hidden it, or shown it, in between.
  if (wasShown && isProcShown()) knownPrefix = prefix;
  return prefix;
}

/**
 * Whether the process that made a mark is gone, so that nobody else will end what bears it. A pid may be another's by now, which the
 * start time tells; in another PID namespace it says nothing, so the mark is not ours to judge.
 */
export function isMakerGone(mark: string): boolean {
  const [, pid] = /^\d+-(\d+)-\d+-/.exec(mark) ?? [];
  if (pid === undefined || !mark.startsWith(`${ownNamespace()}-`)) return false;
  return !mark.startsWith(prefixOf(Number(pid)));
}

function prefixOf(pid: number): string {
  return `${ownNamespace()}-${pid}-${readProcessStat(pid)?.startTime ?? "gone"}-`;
}

/** The kernel's number of it; 0 without a /proc, where nobody is found by a mark either. */
function ownNamespace(): string {
  try {
    return /\d+/.exec(readlinkSync("/proc/self/ns/pid"))?.[0] ?? "0";
  } catch {
    return "0";
  }
}
