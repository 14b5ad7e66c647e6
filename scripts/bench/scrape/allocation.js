// @ts-check
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { alternate, medianOf } from "../rounds.js";
import { withUnchanged } from "./daemons.js";
import { loadWithWrk } from "./wrk.js";

/** @typedef {import("./daemons.js").LoadedDaemon} LoadedDaemon */

const SECONDS = 3;

const nodeFlags = [`--import=${join(import.meta.dirname, "sample-allocations.js")}`];

/** Bytes of the heap that a scrape allocates, of 16 GPUs and of 1, of which nothing changes. @param {number} rounds */
export async function measureAllocation(rounds) {
  return withUnchanged({ gpus: 16, nodeFlags }, async (many) =>
    withUnchanged({ gpus: 1, nodeFlags }, async (one) => {
      const results = await alternate(rounds, {
        ours: async () => allocatedPerScrape(many),
        theirs: async () => allocatedPerScrape(one),
      });
      return {
        many: medianOf(results.ours, (bytes) => bytes),
        one: medianOf(results.theirs, (bytes) => bytes),
      };
    }),
  );
}

/** @param {LoadedDaemon} daemon */
async function allocatedPerScrape(daemon) {
  // What was allocated before is not told, and what is made once is there.
  await loadWithWrk(daemon, { connections: 1, seconds: 1 });
  await readAllocated(daemon);
  const { responses } = await loadWithWrk(daemon, { connections: 1, seconds: SECONDS });
  return (await readAllocated(daemon)) / responses;
}

/** @param {LoadedDaemon} daemon */
async function readAllocated({ pid, log }) {
  const before = log.length;
  process.kill(pid, "SIGWINCH");
  for (;;) {
    const line = log.slice(before).find((text) => text.startsWith("ALLOCATED"));
    if (line !== undefined) return Number(line.split(" ")[1]);
    await wait(10);
  }
}
