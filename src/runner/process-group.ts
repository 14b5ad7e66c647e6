import { readdirSync } from "node:fs";
import { errorCode } from "../base/errors.ts";
import {
  isProcShown,
  isRunningStat,
  readProcessStat,
  type ProcessStat,
} from "../base/process-stat.ts";

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
 * the leader's start time is kept: the group of another one is not ours. While somebody hides /proc it is learnt later.
 */
export function openProcessGroup(leader: number, parent: number): ProcessGroup | undefined {
  const found = readProcessStat(leader);
  const isOurs = (stat: ProcessStat): boolean => isOf(parent, stat) && stat.group === leader;
  if (found && !isOurs(found)) return undefined;
  let born = found?.startTime;
  const isAnother = (stat: ProcessStat | undefined): boolean => {
    if (stat === undefined) return false;
    if (isOurs(stat)) born ??= stat.startTime;
    return stat.startTime !== born;
  };
  return {
    kill: (signal) => {
      if (!isAnother(readProcessStat(leader))) sendToGroup(leader, signal);
    },
    isGone: () => {
      const stat = readProcessStat(leader);
      if (isAnother(stat) || !sendToGroup(leader, 0)) return true;
      // Looking at all processes is dear, and seldom needed: it is the leader that hangs. While /proc is hidden what takes signals is there;
      // that is asked last, for it may have been hidden meanwhile.
      return !isRunningStat(stat) && !hasRunningMember(leader) && isProcShown();
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
    .map((name) => readProcessStat(Number(name)))
    .some((stat) => stat?.group === group && isRunningStat(stat));
}
