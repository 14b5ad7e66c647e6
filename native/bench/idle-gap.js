// What does a pause before a cold start do to it? For each pause, with and without a listing of the
// devices right before the start (as the daemon makes one), the median of each phase and of the
// processor's share of it.
//
//   node native/bench/idle-gap.js --gpu=GPU-uuid [--package=DIR] [--native=DIR] [--starts=8]
//   [--gaps=0,1,3,10] > idle-gap.json
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";

import { openHarness } from "./harness.js";

const { values: flags } = parseArgs({
  options: {
    package: { type: "string", default: "." },
    native: { type: "string", default: "native/build" },
    starts: { type: "string", default: "8" },
    gaps: { type: "string", default: "0,1,3,10" },
    gpu: { type: "string" },
  },
});

const harness = await openHarness({
  packageDirectory: flags.package,
  native: flags.native,
  gpu: flags.gpu,
});
const { durationFromSpawned, intervalSeconds } = harness.intervals;
const { summarize } = harness.statistics;
try {
  await harness.start("cold_start");
  const rows = [];
  for (const gapSeconds of flags.gaps.split(",").map(Number)) {
    for (const listing of [false, true]) rows.push(await measure({ gapSeconds, listing }));
  }
  process.stdout.write(`${JSON.stringify(rows, undefined, 1)}\n`);
} finally {
  await harness.close();
}

function median(values) {
  return summarize(values)?.median;
}

async function measure({ gapSeconds, listing }) {
  const starts = [];
  for (let index = 0; index < Number(flags.starts); index += 1) {
    await pause(gapSeconds * 1000);
    if (listing === true) await harness.start("devices");
    starts.push(await harness.start("cold_start"));
  }
  const names = starts[0].phases.map(({ phase }) => phase);
  const phases = names.map((name) => {
    const intervals = starts.map(({ phases: all }) => all.find(({ phase }) => phase === name));
    return {
      phase: name,
      seconds: median(intervals.map(intervalSeconds)),
      cpuSeconds: median(intervals.flatMap(({ cpuSeconds }) => cpuSeconds ?? [])),
    };
  });
  const total = median(starts.map((start) => durationFromSpawned(start, "first_kernel")));
  return { gapSeconds, listing, starts: starts.length, timeToFirstResultSeconds: total, phases };
}
