import type { RunFile } from "../../src/comparison/run-file.ts";

type Iteration = RunFile["iterations"][number];

/** A successful cold start of so many seconds, half of them in `context`. */
export function start(seconds: number, cacheMiss = false): Iteration {
  return {
    outcome: "success",
    cacheMiss,
    figures: [
      { name: "context", value: seconds / 2, unit: "seconds" },
      { name: "time to first result", value: seconds, unit: "seconds" },
      { name: "instances", value: 3, unit: "count" },
    ],
  };
}

/** So many cold starts around a middle. */
export function starts(middle: number, count = 20): readonly Iteration[] {
  return Array.from({ length: count }, (_, index) => start(middle * (0.98 + (0.04 * index) / 20)));
}

/** What `cudaprobe run cold_start --format json` writes, as far as it matters. */
export function runFile(
  iterations: readonly Iteration[],
  changes: Partial<RunFile> = {},
): RunFile & { readonly schema: "cudaprobe-run/1" } {
  return {
    schema: "cudaprobe-run/1",
    kind: "cold_start",
    options: { runtime: "driver", jit_cache: "warm" },
    device: { name: "NVIDIA H100 80GB HBM3", gpuUuid: "GPU-1" },
    driver: { backend: "nvidia", driverVersion: "580.159.04", cudaVersion: "13.0" },
    host: {
      distribution: "Debian",
      distributionVersion: "12",
      kernel: "6.1.0",
      cpuModel: "a processor",
      virtualization: "none",
    },
    iterations: [...iterations],
    ...changes,
  };
}
