// @ts-check
import { readdir, readFile } from "node:fs/promises";
import { cpus, release } from "node:os";

/** On what it was measured. */
export function describeMachine() {
  return `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, Linux ${release()}, Node ${process.version}`;
}

/** Seconds of a processor that a process and its threads have used so far, to the nanosecond. @param {number} pid */
export async function cpuSeconds(pid) {
  const threads = await readdir(`/proc/${pid}/task`);
  const spent = await Promise.all(
    threads.map((thread) => threadSeconds(`/proc/${pid}/task/${thread}`)),
  );
  return spent.reduce((sum, seconds) => sum + seconds, 0);
}

/** A thread that has ended meanwhile counts nothing. @param {string} directory */
async function threadSeconds(directory) {
  const text = await readFile(`${directory}/schedstat`, "utf8").catch(() => "0");
  return Number(text.split(" ")[0]) / 1e9;
}

/** @param {number} pid */
export async function residentBytes(pid) {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}
