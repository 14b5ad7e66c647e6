// @ts-check
import { join } from "node:path";
import { createInterface } from "node:readline";
import { execaNode } from "execa";

/**
 * One start of a probe.
 * @typedef {object} Start
 * @property {number} spawnSeconds from the stamp before posix_spawn to the probe's main
 * @property {number} beforeSeconds from the runner's beginning to that stamp: what Node and the launcher's own start take
 */

/**
 * Does the work with a Node of its own that has so much on its heap and starts a probe whenever it is told by what.
 * @template Result
 * @param {number} megabytes
 * @param {(start: (launcher: string) => Promise<Start>) => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function withStarter(megabytes, work) {
  const file = join(import.meta.dirname, "start-when-told.js");
  const child = execaNode(file, [`--megabytes=${megabytes}`], { buffer: false, reject: false });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`it ended: ${(await child).message}`);
    return value;
  };
  try {
    await next(); // the heap is full
    return await work(async (launcher) => {
      child.stdin.write(`${launcher}\n`);
      return JSON.parse(await next());
    });
  } finally {
    child.kill("SIGKILL");
    await child;
  }
}
