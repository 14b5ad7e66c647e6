import { readdir, readFile, stat } from "node:fs/promises";
import { isProcShown, isRunningStat, readProcessStat } from "../base/process-stat.ts";
import { MARK_VARIABLE } from "./mark.ts";

/** Processes that are not ours to wait for. */
export interface Strays {
  readonly count: number;
  /** Sends a signal to each; those that are gone are left out, also where their number is another's by now. */
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Whether none of them is running any more; false as well while /proc is hidden, or when it was as they were looked for. */
  readonly isGone: () => boolean;
  /** False when /proc was hidden as they were looked for, so that there may be others. */
  readonly isComplete: boolean;
}

/** The processes of this user whose environment has such a mark. It looks at each process of the host, so it is for what seldom happens. */
export async function findMarked(isWanted: (mark: string) => boolean): Promise<Strays> {
  const wasShown = isProcShown();
  const names = await readdir("/proc").catch(() => []);
  const pids = names.map(Number).filter((pid) => pid > 0 && pid !== process.pid);
  const marks = await Promise.all(pids.map(readMark));
  const born = pids
    .filter((_, index) => isWanted(marks[index] ?? ""))
    .map((pid) => ({ pid, startTime: readProcessStat(pid)?.startTime }));
  const isComplete = wasShown && isProcShown();
  const running = (): readonly number[] =>
    born.filter(({ pid, startTime }) => isStill(pid, startTime)).map(({ pid }) => pid);
  return {
    count: running().length,
    kill: (signal) => {
      for (const pid of running()) send(pid, signal);
    },
    // Looked at first: who is not seen may be hidden since.
    isGone: () => isComplete && running().length === 0 && isProcShown(),
    isComplete,
  };
}

function isStill(pid: number, startTime: number | undefined): boolean {
  const found = readProcessStat(pid);
  return isRunningStat(found) && found?.startTime === startTime;
}

/** Empty for other users' processes, which are nobody's of ours whatever they say. */
async function readMark(pid: number): Promise<string> {
  const directory = `/proc/${pid}`;
  try {
    if ((await stat(directory)).uid !== process.getuid?.()) return "";
    const variables = (await readFile(`${directory}/environ`, "utf8")).split("\0");
    const name = `${MARK_VARIABLE}=`;
    return variables.find((variable) => variable.startsWith(name))?.slice(name.length) ?? "";
  } catch {
    return "";
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended since it was looked at.
  }
}
