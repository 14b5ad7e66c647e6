import { readdirSync, readFileSync } from "node:fs";

/** A process as /proc shows it. */
export interface Child {
  readonly pid: number;
  readonly command: string;
}

/** The running children of a process; one that ended and was not yet reaped is not running. */
export function listChildren(parent: number): Child[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => isRunningChild(pid, parent))
    .map((pid) => ({ pid, command: readProc(pid, "cmdline").replaceAll("\0", " ").trim() }));
}

function isRunningChild(pid: number, parent: number): boolean {
  // The name of the program is in parentheses and may hold spaces and parentheses itself.
  const [state, parentPid] = readProc(pid, "stat")
    .replace(/^.*\) /s, "")
    .split(" ");
  return state !== "Z" && Number(parentPid) === parent;
}

/** Empty when the process has gone meanwhile. */
function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
