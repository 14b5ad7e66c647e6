import { mkdtemp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { readProcessStat } from "../base/process-stat.ts";

/**
 * Makes a directory under `parent` that belongs to this process alone, and to nobody else on the host. Its name says whose it is, so that it
 * is known as left over when this process was killed: `prefix-PID-STARTTIME-abcdef`.
 */
export async function makeOwnDirectory(parent: string, prefix: string): Promise<string> {
  const startTime = readProcessStat(process.pid)?.startTime ?? 0;
  return mkdtemp(join(parent, `${prefix}-${process.pid}-${startTime}-`));
}

/** Removes the directories with these prefixes whose makers are gone. */
export async function removeLeftovers(parent: string, prefixes: readonly string[]): Promise<void> {
  const leftovers = (await readdir(parent)).filter((name) =>
    prefixes.some((prefix) => name.startsWith(`${prefix}-`) && !hasMaker(name, prefix)),
  );
  await Promise.all(
    leftovers.map(async (name) => rm(join(parent, name), { recursive: true, force: true })),
  );
}

/**
 * A pid may be another's by now, also our own: the start time tells. Version 0.1.0 left it out, and of its names none can be of this
 * process. A name that says no maker is nobody's to remove.
 */
function hasMaker(name: string, prefix: string): boolean {
  const [, pid, startTime] = /^-(\d+)-(?:(\d+)-)?/.exec(name.slice(prefix.length)) ?? [];
  if (pid === undefined) return true;
  const stat = readProcessStat(Number(pid));
  if (startTime === undefined) return stat !== undefined && Number(pid) !== process.pid;
  return stat?.startTime === Number(startTime);
}
