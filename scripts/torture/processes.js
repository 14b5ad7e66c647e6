// @ts-check
// The processes that a daemon has started, whoever their parents are, as /proc shows them.
import { readdirSync, readFileSync } from "node:fs";

const TICKS_PER_SECOND = 100;

/**
 * @typedef {object} Found
 * @property {number} pid
 * @property {string} program
 * @property {string} state
 * @property {number} ageSeconds
 * @property {boolean} isAhead Whether it is a launcher that was started ahead of its run, and waits for it.
 * @property {string} key Names it for good, since pids are given out again.
 */

/**
 * Those that bear the mark of a run of this daemon, and children of its own. A zombie has no environment any more; it is found by its parent.
 * @param {number} daemon Its pid.
 * @returns {Found[]}
 */
export function ownProcesses(daemon) {
  const uptime = Number(readFileSync("/proc/uptime", "utf8").split(" ")[0]);
  const stats = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== daemon)
    .map((name) => readStat(name, uptime))
    .filter((stat) => stat !== undefined);
  const marked = new Set(stats.filter(({ pid }) => isMarked(pid, daemon)).map(({ pid }) => pid));
  return stats.filter(
    ({ pid, parent }) => marked.has(pid) || parent === daemon || marked.has(parent),
  );
}

/** @param {number} pid @param {number} daemon */
function isMarked(pid, daemon) {
  return new RegExp(`(^|\0)CUDAPROBE_RUN=\\d+-${daemon}-`).test(read(`${pid}/environ`));
}

/** @param {string} name @param {number} uptime */
function readStat(name, uptime) {
  const text = read(`${name}/stat`);
  const end = text.lastIndexOf(")");
  if (end < 0) return undefined;
  const fields = text.slice(end + 2).split(" ");
  const startTicks = Number(fields[19]);
  return {
    pid: Number(name),
    program: programOf(name, text.slice(text.indexOf("(") + 1, end)),
    state: fields[0] ?? "",
    parent: Number(fields[1]),
    isAhead: read(`${name}/cmdline`).includes("\0--call=stdin\0"),
    ageSeconds: uptime - startTicks / TICKS_PER_SECOND,
    key: `${name}-${startTicks}`,
  };
}

/** @param {string} pid @param {string} name */
function programOf(pid, name) {
  const [file = ""] = read(`${pid}/cmdline`).split("\0");
  return file === "" ? name : (file.split("/").at(-1) ?? name);
}

/** Resident memory in bytes. @param {number} pid */
export function residentBytes(pid) {
  const [, kibibytes = "0"] = /^VmRSS:\s*(\d+) kB/m.exec(read(`${pid}/status`)) ?? [];
  return Number(kibibytes) * 1024;
}

/** Empty when it is gone. @param {string} file */
function read(file) {
  try {
    return readFileSync(`/proc/${file}`, "utf8");
  } catch {
    return "";
  }
}
