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
 * The group that a child of a process leads; undefined when it is not that process's child, whoever says so. A parent that has
 * been lost meanwhile is known by the session that it led. The number may be given to another process once the group is gone, so
 * the leader's start time is kept: the group of another one is not ours.
 */
export function openProcessGroup(leader: number, parent: number): ProcessGroup | undefined {
  const found = readStat(leader);
  if (found && !(isOf(parent, found) && found.group === leader)) return undefined;
  const born = found?.startTime;
  const isAnother = (stat: ProcessStat | undefined): boolean =>
    stat !== undefined && stat.startTime !== born;
  return {
    kill: (signal) => {
      if (!isAnother(readStat(leader))) sendToGroup(leader, signal);
    },
    isGone: () => {
      const stat = readStat(leader);
      if (isAnother(stat) || !sendToGroup(leader, 0)) return true;
      // Looking at all processes is dear, and seldom needed: it is the leader that hangs.
      return !isRunning(stat) && !hasRunningMember(leader);
    },
  };
}

function isOf(parent: number, stat: ProcessStat): boolean {
  return stat.parent === parent || stat.session === parent;
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
    .map((name) => readStat(Number(name)))
    .some((stat) => stat?.group === group && isRunning(stat));
}

function isRunning(stat: ProcessStat | undefined): boolean {
  return stat !== undefined && stat.state !== "Z" && stat.state !== "X";
}

interface ProcessStat {
  readonly state: string | undefined;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** Clock ticks from the host's start. */
  readonly startTime: number;
}

/** See proc(5), /proc/PID/stat; undefined when there is no such process. */
function readStat(pid: number): ProcessStat | undefined {
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
