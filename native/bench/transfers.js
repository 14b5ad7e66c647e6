// How near do function_ipc and cuda_ipc come to what the GPU's link and memory can do? In each round
// the references and the probes, one after the other; of each figure the median of the rounds, and
// the ratios of these. With --python also the experiment's own way, which needs PyTorch there.
//
//   node native/bench/transfers.js --gpu=GPU-uuid [--package=DIR] [--native=DIR] [--rounds=5]
//   [--samples=11] [--large=268435456] [--python=python3] > transfers.json
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { parseArgs, promisify } from "node:util";

import { openHarness } from "./harness.js";

const { values: flags } = parseArgs({
  options: {
    package: { type: "string", default: "." },
    native: { type: "string", default: "native/build" },
    rounds: { type: "string", default: "5" },
    samples: { type: "string", default: "11" },
    large: { type: "string", default: String(256 * 2 ** 20) },
    python: { type: "string" },
    gpu: { type: "string" },
  },
});

const run = promisify(execFile);
const LARGE = Number(flags.large);
const SMALLEST = 4096;
const EXPERIMENT_SIZES = [4 * 2 ** 20, LARGE];
const SIZES = [...new Set([SMALLEST, 2 ** 22, 2 ** 24, LARGE])].toSorted((a, b) => a - b);

const harness = await openHarness({
  packageDirectory: flags.package,
  native: flags.native,
  gpu: flags.gpu,
});
const { summarize } = harness.statistics;
try {
  const rounds = [];
  for (let round = 0; round < Number(flags.rounds); round += 1) rounds.push(await measureRound());
  const medians = mediansOf(rounds);
  process.stdout.write(
    `${JSON.stringify({ ratios: ratiosOf(medians), medians, rounds }, undefined, 1)}\n`,
  );
} finally {
  await harness.close();
}

/** Bytes per second and seconds, by a name each. */
async function measureRound() {
  return {
    ...(await plainCopies()),
    ...(await functionIpc()),
    ...(await cudaIpc()),
    ...(await experiment()),
  };
}

async function plainCopies() {
  const [toHost, toDevice, both] = await reference("copies");
  const [onDevice] = await reference("imported_copies");
  return {
    device_to_host_plain: toHost.median_bytes_per_second,
    host_to_device_plain: toDevice.median_bytes_per_second,
    device_to_host_of_both: both.device_to_host_bytes_per_second,
    host_to_device_of_both: both.host_to_device_bytes_per_second,
    on_device_local: onDevice.local_bytes_per_second,
    on_device_imported: onDevice.imported_bytes_per_second,
  };
}

async function functionIpc() {
  const { samples } = await harness.start("function_ipc", probeArguments(SIZES));
  const rate = (name, size, phase) => size / medianOf(samples, name, { size, phase });
  const whole = SIZES.map((size) => [`function_ipc_${size}`, rate("transfer_seconds", size)]);
  return {
    ...Object.fromEntries(whole),
    function_ipc_smallest_seconds: medianOf(samples, "transfer_seconds", { size: SMALLEST }),
    device_to_host_leg: rate("phase_seconds", LARGE, "device_to_host"),
    host_to_device_leg: rate("phase_seconds", LARGE, "host_to_device"),
  };
}

async function cudaIpc() {
  const { samples } = await harness.start("cuda_ipc", [
    "--mechanism=legacy",
    ...probeArguments([LARGE]),
  ]);
  const seconds = medianOf(samples, "transfer_seconds", { size: LARGE, use: "reuse" });
  return { cuda_ipc_reuse: LARGE / seconds };
}

async function experiment() {
  if (flags.python === undefined) return {};
  const script = resolve(import.meta.dirname, "experiment_function_ipc.py");
  const sizes = `--sizes=${EXPERIMENT_SIZES.join(",")}`;
  const { stdout } = await run(flags.python, [script, sizes, `--samples=${flags.samples}`]);
  return Object.fromEntries(
    lines(stdout).map((line) => [`experiment_${line.size_bytes}`, line.median_bytes_per_second]),
  );
}

async function reference(program) {
  const file = resolve(flags.native, "bench", program);
  const args = [`--device=${flags.gpu}`, `--bytes=${LARGE}`];
  const { stdout } = await run(file, args, { env: harness.env });
  return lines(stdout);
}

function lines(text) {
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

function probeArguments(sizes) {
  return [`--sizes=${sizes.join(",")}`, `--samples=${flags.samples}`];
}

function medianOf(samples, name, { size, phase, use }) {
  const values = samples
    .filter(
      ({ name: other, labels }) =>
        other === name &&
        labels.size_bytes === String(size) &&
        (phase === undefined || labels.phase === phase) &&
        (use === undefined || labels.use === use),
    )
    .map(({ value }) => value);
  return summarize(values)?.median;
}

function mediansOf(rounds) {
  const names = Object.keys(rounds[0]);
  return Object.fromEntries(
    names.map((name) => [name, summarize(rounds.map((round) => round[name]))?.median]),
  );
}

/** What is to be near 1, or, against the experiment, far above it. */
function ratiosOf(medians) {
  const slower = Math.min(medians.device_to_host_of_both, medians.host_to_device_of_both);
  const against = EXPERIMENT_SIZES.filter(() => flags.python !== undefined).map((size) => [
    `function_ipc_${size}_to_experiment`,
    medians[`function_ipc_${size}`] / medians[`experiment_${size}`],
  ]);
  return {
    device_to_host_leg_to_plain: medians.device_to_host_leg / medians.device_to_host_plain,
    host_to_device_leg_to_plain: medians.host_to_device_leg / medians.host_to_device_plain,
    function_ipc_to_slower_of_both: medians[`function_ipc_${LARGE}`] / slower,
    imported_to_local: medians.on_device_imported / medians.on_device_local,
    ...Object.fromEntries(against),
  };
}
