// The three numbers of the time experiment of StreamBox beside the phases of cold_start, runtime torch:
// one start of each in turn, so that both see the same machine. Needs PyTorch and torchvision there.
//
//   node native/bench/experiment-time.js --gpu=GPU-uuid --python=FILE [--package=DIR] [--native=DIR]
//   [--rounds=10] > experiment-time.json
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { parseArgs, promisify } from "node:util";

import { openHarness } from "./harness.js";

const { values: flags } = parseArgs({
  options: {
    package: { type: "string", default: "." },
    native: { type: "string", default: "native/build" },
    rounds: { type: "string", default: "10" },
    python: { type: "string", default: "/usr/bin/python3" },
    gpu: { type: "string" },
  },
});

const run = promisify(execFile);
const script = resolve(import.meta.dirname, "experiment_time.py");
const harness = await openHarness({
  packageDirectory: flags.package,
  native: flags.native,
  gpu: flags.gpu,
  python: flags.python,
});
try {
  // The first of each reads what it imports from the disk.
  await measureRound();
  const rounds = [];
  for (let round = 0; round < Number(flags.rounds); round += 1) rounds.push(await measureRound());
  const medians = {
    experiment: medianOf(rounds, "experiment"),
    phases: medianOf(rounds, "phases"),
  };
  process.stdout.write(`${JSON.stringify({ medians, rounds }, undefined, 1)}\n`);
} finally {
  await harness.close();
}

/** The seconds of one start of each. */
async function measureRound() {
  const { stdout } = await run(flags.python, [script], { env: harness.env });
  const { phases } = await harness.start("torch");
  const seconds = phases.map((interval) => [
    interval.phase,
    harness.intervals.intervalSeconds(interval),
  ]);
  return { experiment: JSON.parse(stdout), phases: Object.fromEntries(seconds) };
}

function medianOf(rounds, part) {
  const names = Object.keys(rounds[0][part]);
  return Object.fromEntries(
    names.map((name) => [
      name,
      harness.statistics.summarize(rounds.map((round) => round[part][name]))?.median,
    ]),
  );
}
