// @ts-check
// Fills its heap, says so, and starts a probe for every line it reads, which is the launcher to do it with.
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { systemClock } from "../../../dist/base/clock.js";
import { durationFromSpawned } from "../../../dist/protocol/intervals.js";
import { createRunner } from "../../../dist/runner/runner.js";
import { BUILD } from "../emulated.js";

const { values: flags } = parseArgs({ options: { megabytes: { type: "string", default: "60" } } });
const request = {
  file: `${BUILD}/probes/cold_start`,
  args: ["--device=GPU-00000000-0000-0000-0000-000000000000", "--driver=false"],
  env: { PATH: "/usr/bin:/bin" },
  deadlineSeconds: 30,
};

const kept = fillHeap(Number(flags.megabytes) * 1e6);
console.log(JSON.stringify({ blocks: kept.length }));
for await (const launcher of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await start(launcher)));
}

/** What a daemon's heap is full of: small objects and short texts. @param {number} bytes */
function fillHeap(bytes) {
  const blocks = [];
  while (process.memoryUsage().heapUsed < bytes) {
    blocks.push(Array.from({ length: 5000 }, (_, index) => ({ index, text: `text ${index}` })));
  }
  return blocks;
}

/** @param {string} launcher */
async function start(launcher) {
  /** @type {import("../../../src/runner/run.ts").Runner} */
  const run = createRunner({ launcher }, { clock: systemClock });
  const { outcome, report, startedAtSeconds } = await run(request);
  const [instance] = report.instances;
  if (outcome !== "success" || instance?.spawnedAtSeconds === undefined)
    throw new Error(`${launcher} came to ${outcome}`);
  return {
    spawnSeconds: durationFromSpawned(instance, "spawn"),
    beforeSeconds: instance.spawnedAtSeconds - startedAtSeconds,
  };
}
