// Does the cold_start probe add to what it measures? Starts it and native/bench/reference.c, which does the same calls
// without a frame, in pairs of shuffled order through the same launcher, and compares the medians from spawn to the end of the first kernel.
//
//   node native/bench/fidelity.js [--package=DIR] [--native=DIR] [--pairs=100] [--seed=1] --gpu=GPU-uuid > result.json
//
// --package is where dist/ is (an unpacked bundle will do), --native where the native programs are.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

const { values: flags } = parseArgs({
  options: {
    package: { type: "string", default: "." },
    native: { type: "string", default: "native/build" },
    pairs: { type: "string", default: "100" },
    seed: { type: "string", default: "1" },
    gpu: { type: "string" },
  },
});

const importFrom = (module) => import(resolve(flags.package, "dist", module));
const { systemClock } = await importFrom("base/clock.js");
const { durationFromSpawned, unattributedSeconds } = await importFrom("protocol/intervals.js");
const { createRunner } = await importFrom("runner/runner.js");
const { summarize } = await importFrom("statistics/summary.js");

const native = resolve(flags.native);
const directory = await mkdtemp(join(tmpdir(), "cudaprobe-fidelity-"));
const runner = createRunner({ launcher: join(native, "launcher") }, { clock: systemClock });
const env = {
  PATH: "/usr/bin:/bin",
  HOME: directory,
  CUDA_CACHE_PATH: join(directory, "cache"),
  CUDA_VISIBLE_DEVICES: flags.gpu,
};
const programs = {
  cold_start: { file: join(native, "probes/cold_start"), args: [`--device=${flags.gpu}`] },
  reference: { file: join(native, "bench/reference"), args: [] },
};

try {
  await start("reference"); // Fills the JIT cache and the page cache for both.
  await start("cold_start");
  const pairs = await runPairs(Number(flags.pairs), makeRandom(Number(flags.seed)));
  process.stdout.write(`${JSON.stringify(report(pairs), undefined, 1)}\n`);
} finally {
  await rm(directory, { recursive: true });
}

async function runPairs(count, random) {
  const pairs = [];
  for (let index = 0; index < count; index += 1) {
    const order = random() < 0.5 ? ["cold_start", "reference"] : ["reference", "cold_start"];
    const pair = { first: order[0] };
    for (const name of order) pair[name] = await start(name);
    pairs.push(pair);
  }
  return pairs;
}

async function start(name) {
  const end = await runner({ ...programs[name], env, deadlineSeconds: 60 });
  if (end.outcome !== "success") throw new Error(`${name}: ${JSON.stringify(end)}`);
  const [instance] = end.report.instances;
  return {
    seconds: durationFromSpawned(instance, "first_kernel"),
    unattributedSeconds: unattributedSeconds(instance, "first_kernel"),
  };
}

function report(pairs) {
  const column = (name, key) => pairs.map((pair) => pair[name][key]);
  const coldStart = summarize(column("cold_start", "seconds"));
  const reference = summarize(column("reference", "seconds"));
  const shares = pairs.map(({ cold_start: run }) => run.unattributedSeconds / run.seconds);
  return {
    ratioOfMedians: coldStart.median / reference.median,
    unattributedRatio: { median: summarize(shares).median, max: Math.max(...shares) },
    coldStartSeconds: coldStart,
    referenceSeconds: reference,
    pairs,
  };
}

/** A small generator with a seed, so that an order can be had again (mulberry32). */
function makeRandom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
