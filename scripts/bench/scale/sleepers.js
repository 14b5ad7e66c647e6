// @ts-check
import { createInterface } from "node:readline";
import { execa } from "execa";

/**
 * Told to end, its shell waits for the end of what it reads, so that it leaves nobody behind. SIGTERM would be lost on a child that is still
 * to become sleep: until then it has the shell's trap.
 */
const SCRIPT = `trap : TERM; i=0
while [ $i -lt "$1" ]; do sleep 3600 & pids="$pids $!"; echo $!; i=$((i + 1)); done
cat >/dev/null
kill -KILL $pids
wait
`;

/**
 * Has so many processes that do nothing, so that there is somebody to hold memory of emulated GPUs: who has ended is told
 * by no list. They end after the work, and when this process does, which closes what their shell reads.
 * @template Result
 * @param {number} count @param {(pids: readonly number[]) => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function withSleepers(count, work) {
  const child = execa("sh", ["-c", SCRIPT, "sh", String(count)], {
    reject: false,
    buffer: false,
    stderr: "ignore",
  });
  try {
    return await work(await readPids(child.stdout, count));
  } finally {
    child.stdin.end();
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
