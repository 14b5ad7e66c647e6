// What the benchmarks here share: starting native programs through the launcher with the daemon's
// own runner.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/**
 * Opens a harness: `packageDirectory` is where dist/ is (an unpacked bundle will do), `native`
 * where the native programs are, `gpu` the UUID that they run on, `python` an interpreter that has
 * PyTorch, for what needs one. `start(name, more)` makes one run, with more arguments if there are
 * some, and gives the report of its instance; it throws when the run fails.
 */
export async function openHarness({ packageDirectory, native, gpu, python }) {
  const importFrom = (module) => import(resolve(packageDirectory, "dist", module));
  const { systemClock } = await importFrom("base/clock.js");
  const { createRunner } = await importFrom("runner/runner.js");
  const directory = await mkdtemp(join(tmpdir(), "cudaprobe-bench-"));
  const runner = createRunner({ launcher: resolve(native, "launcher") }, { clock: systemClock });
  const env = {
    PATH: "/usr/bin:/bin",
    HOME: directory,
    CUDA_CACHE_PATH: join(directory, "cache"),
    CUDA_VISIBLE_DEVICES: gpu,
    ...inherit("LD_LIBRARY_PATH", "CUDAPROBE_EMULATOR"),
  };
  const programs = {
    cold_start: { file: resolve(native, "probes/cold_start"), args: [`--device=${gpu}`] },
    devices: { file: resolve(native, "probes/devices"), args: [] },
    reference: { file: resolve(native, "bench/reference"), args: [] },
    function_ipc: { file: resolve(native, "probes/function_ipc"), args: [`--device=${gpu}`] },
    torch: {
      file: python,
      args: [resolve(packageDirectory, "native/frameworks/torch_probe.py"), `--device=${gpu}`],
    },
    cuda_ipc: { file: resolve(native, "probes/cuda_ipc"), args: [`--device=${gpu}`] },
  };
  return {
    intervals: await importFrom("protocol/intervals.js"),
    statistics: await importFrom("statistics/summary.js"),
    env,
    start: async (name, more = []) => {
      const { file, args } = programs[name];
      const end = await runner({ file, args: [...args, ...more], env, deadlineSeconds: 120 });
      if (end.outcome !== "success") throw new Error(`${name}: ${JSON.stringify(end)}`);
      return end.report.instances[0];
    },
    close: async () => rm(directory, { recursive: true }),
  };
}

/** What a benchmark is tried on the emulator with: `LD_LIBRARY_PATH=native/build/emulator`. */
function inherit(...names) {
  const set = names.filter((name) => process.env[name] !== undefined);
  return Object.fromEntries(set.map((name) => [name, process.env[name]]));
}
