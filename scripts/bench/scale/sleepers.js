// @ts-check
import { createInterface } from "node:readline";
import { execa } from "execa";

/**
 * Has so many processes that do nothing, so that there is somebody to hold memory of emulated GPUs: who has ended is told
 * by no list. Ends them after the work.
 * @template Result
 * @param {number} count @param {(pids: readonly number[]) => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function withSleepers(count, work) {
  const script = 'i=0; while [ $i -lt "$1" ]; do sleep 3600 & echo $!; i=$((i+1)); done; wait';
  const child = execa("sh", ["-c", script, "sh", String(count)], {
    detached: true,
    reject: false,
    buffer: false,
    stdin: "ignore",
    stderr: "ignore",
  });
  try {
    return await work(await readPids(child.stdout, count));
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    await child;
  }
}

/** @param {import("node:stream").Readable} stream @param {number} count */
async function readPids(stream, count) {
  /** @type {number[]} */
  const pids = [];
  for await (const line of createInterface({ input: stream })) {
    pids.push(Number(line));
    if (pids.length === count) return pids;
  }
  throw new Error(`only ${pids.length} of ${count} processes have started`);
}
