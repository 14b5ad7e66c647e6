import { readFileSync } from "node:fs";

/** What the kernel says of a process. */
export interface ProcessStat {
  readonly state: string | undefined;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** Clock ticks from the host's start: with the pid it names a process for good, since pids are given out again. */
  readonly startTime: number;
}

/** See proc(5), /proc/PID/stat; undefined when there is no such process. */
export function readProcessStat(pid: number): ProcessStat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The program's name, the second field, is in parentheses and may hold spaces and parentheses itself.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const [state, parent, group, session] = fields;
    return {
      state,
      parent: Number(parent),
      group: Number(group),
      session: Number(session),
      startTime: Number(fields[19]),
    };
  } catch {
    return undefined;
  }
}

/** Who has ended and was not waited for is not running. */
export function isRunningStat(stat: ProcessStat | undefined): boolean {
  return stat !== undefined && stat.state !== "Z" && stat.state !== "X";
}

/** While somebody hides /proc nobody is seen to run, which says nothing of who does. */
export function isProcShown(): boolean {
  return readProcessStat(process.pid) !== undefined;
}
