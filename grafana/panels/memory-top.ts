import type { Drawing } from "../parts/panel.ts";
import { onGpus } from "../parts/select.ts";
import { stat } from "../parts/stat.ts";
import { fullestGpu } from "./fullest-gpu.ts";

const SIZE = { width: 4, height: 4 };

/** The figures at the top of memory and density, from left to right. */
export function memoryTop(): readonly Drawing[] {
  return [fullestGpu(SIZE), footprint(), runtimeShare(), moreThatFit()];
}

function footprint(): Drawing {
  const process = onGpus("cudaprobe_footprint_bytes", 'component="process"');
  return stat({
    ...SIZE,
    title: "One function holds",
    description:
      "What a function's process holds on its GPU after its last phase: the largest of the chosen probes and GPUs. A server of MPS is not in it.",
    unit: "bytes",
    expr: `max(sum by (instance, gpu_uuid, mig_uuid, probe) (${process}))`,
    noValue: "Not measured",
  });
}

function runtimeShare(): Drawing {
  return stat({
    ...SIZE,
    title: "Taken by its runtime",
    description:
      "The part of that memory that the function did not ask for, the highest of the chosen probes and GPUs.",
    unit: "percentunit",
    decimals: 1,
    expr: `max(${onGpus("cudaprobe_runtime_memory_ratio")})`,
    noValue: "Not measured",
  });
}

function moreThatFit(): Drawing {
  return stat({
    ...SIZE,
    title: "More that fit",
    description:
      "How many more functions of the last footprint fit on the fullest chosen GPU with the memory that is free now.",
    unit: "none",
    steps: [
      [null, "red"],
      [1, "green"],
    ],
    expr: `min(${onGpus("cudaprobe_density_projected_instances")})`,
    noValue: "Not measured",
  });
}
