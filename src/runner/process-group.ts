import { readdirSync, readFileSync } from "node:fs";
import { errorCode } from "../base/errors.ts";

/** A group of processes that is not ours to wait for. */
export interface ProcessGroup {
  /** Sends a signal to all of it; does nothing when it is gone. */
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Whether nobody of it is running any more. Who has ended and was not waited for is not running. */
  readonly isGone: () => boolean;
}

/**
 * The group that a process leads, at the time when it was started. Its number may be given to another process once the group is
 * gone, so the leader's start time is kept: a leader of another one is not ours, and neither is its group.
 */
export function openProcessGroup(leader: number): ProcessGroup {
  const born = readStat(leader)?.startTime;
  const isOurs = (): boolean => {
    const now = readStat(leader)?.startTime;
    return now === undefined || now === born;
  };
  return {
    kill: (signal) => {
      if (isOurs()) sendToGroup(leader, signal);
    },
    isGone: () => !isOurs() || !sendToGroup(leader, 0) || !hasRunningMember(leader),
  };
}

/** False when there is no such group. */
function sendToGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, signal);
  } catch (error) {
    return errorCode(error) !== "ESRCH";
  }
}

function hasRunningMember(group: number): boolean {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .some((name) => {
      const stat = readStat(Number(name));
      return stat?.group === group && stat.state !== "Z" && stat.state !== "X";
    });
}

interface ProcessStat {
  readonly state: string | undefined;
  readonly group: number;
  /** Clock ticks from the host's start. */
  readonly startTime: number;
}

/** See proc(5), /proc/PID/stat; undefined when there is no such process. */
function readStat(pid: number): ProcessStat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The program's name, the second field, is in parentheses and may hold spaces and parentheses itself.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { state: fields[0], group: Number(fields[2]), startTime: Number(fields[19]) };
  } catch {
    return undefined;
  }
}
