// @ts-check
// `npm run fuzz [-- --cases=N] [--seed=S] [--native [--seconds=S]]`: many more cases than `npm test` tries, of
// every parser of text from outside; with --native those in C++, by libFuzzer, instead.
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { execa } from "execa";

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "100000" },
    seed: { type: "string" },
    native: { type: "boolean", default: false },
    seconds: { type: "string", default: "60" },
  },
});
for (const number of [values.cases, values.seconds, values.seed ?? "0"]) {
  if (!/^-?\d+$/.test(number)) throw new Error(`"${number}" is no whole number`);
}
const end = values.native ? await fuzzNative() : await fuzzParsers();
process.exitCode = end.exitCode ?? 1;

async function fuzzParsers() {
  const seed = values.seed === undefined ? {} : { CUDAPROBE_FUZZ_SEED: values.seed };
  return start("vitest", ["run", "test/fuzz"], { CUDAPROBE_FUZZ_RUNS: values.cases, ...seed });
}

async function fuzzNative() {
  return start("make", ["-C", "native", "fuzz", `FUZZ_SECONDS=${values.seconds}`]);
}

/** @param {string} file @param {readonly string[]} args @param {Record<string, string>} env */
async function start(file, args, env = {}) {
  const cwd = resolve(import.meta.dirname, "..");
  return execa(file, args, { cwd, env, preferLocal: true, reject: false, stdio: "inherit" });
}
