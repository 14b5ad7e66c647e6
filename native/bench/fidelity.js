// Does the cold_start probe add to what it measures? Starts it and native/bench/reference.c, which
// makes the same calls without a frame, in pairs of shuffled order through the same launcher, and
// compares the medians from spawn to the end of the first kernel.
//
//   node native/bench/fidelity.js --gpu=GPU-uuid [--package=DIR] [--native=DIR] [--pairs=100]
//   [--seed=1] > fidelity.json
import { parseArgs } from "node:util";

import { openHarness } from "./harness.js";

const { values: flags } = parseArgs({
  options: {
    package: { type: "string", default: "." },
    native: { type: "string", default: "native/build" },
    pairs: { type: "string", default: "100" },
    seed: { type: "string", default: "1" },
    gpu: { type: "string" },
  },
});

const harness = await openHarness({
  packageDirectory: flags.package,
  native: flags.native,
  gpu: flags.gpu,
});
const { durationFromSpawned, unattributedSeconds } = harness.intervals;
const { summarize } = harness.statistics;
try {
  // Fills the JIT cache and the page cache for both.
  await harness.start("reference");
  await harness.start("cold_start");
  const pairs = await runPairs(Number(flags.pairs), makeRandom(Number(flags.seed)));
  process.stdout.write(`${JSON.stringify(report(pairs), undefined, 1)}\n`);
} finally {
  await harness.close();
}

async function runPairs(count, random) {
  const pairs = [];
  for (let index = 0; index < count; index += 1) {
    const order = random() < 0.5 ? ["cold_start", "reference"] : ["reference", "cold_start"];
    const pair = { first: order[0] };
    for (const name of order) pair[name] = measure(await harness.start(name));
    pairs.push(pair);
  }
  return pairs;
}

function measure(instance) {
  return {
    seconds: durationFromSpawned(instance, "first_kernel"),
    unattributedSeconds: unattributedSeconds(instance, "first_kernel"),
  };
}

function report(pairs) {
  const seconds = (name) => pairs.map((pair) => pair[name].seconds);
  const coldStart = summarize(seconds("cold_start"));
  const reference = summarize(seconds("reference"));
  const shares = pairs.map(({ cold_start: run }) => run.unattributedSeconds / run.seconds);
  return {
    ratioOfMedians: coldStart.median / reference.median,
    unattributedRatio: { median: summarize(shares).median, max: Math.max(...shares) },
    coldStartSeconds: coldStart,
    referenceSeconds: reference,
    pairs,
  };
}

/**
 * A small generator with a seed, so that an order can be had again: a linear congruence with the C
 * standard's constants.
 */
function makeRandom(seed) {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}
