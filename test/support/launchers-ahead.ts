import { readdirSync, readFileSync } from "node:fs";
import { readProcessStat } from "../../src/base/process-stat.ts";

/** The launchers that a process has started ahead of a run, and that wait for it. */
export function launchersAhead(parent: number): readonly number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => readProcessStat(pid)?.parent === parent)
    .filter((pid) => readCommandLine(pid).includes("\0--call=stdin\0"));
}

/** Empty when it has ended meanwhile. */
function readCommandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
