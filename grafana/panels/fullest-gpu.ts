import type { Drawing } from "../parts/panel.ts";
import { stat } from "../parts/stat.ts";
import { MEMORY_STEPS, MEMORY_USED } from "./figures.ts";

/** How full the fullest GPU is, for the top of a dashboard. */
export function fullestGpu(size: { readonly width: number; readonly height: number }): Drawing {
  return stat({
    ...size,
    title: "Fullest GPU",
    description:
      "The highest part of a GPU's memory that is used, in the last run of process_memory.",
    unit: "percentunit",
    decimals: 0,
    steps: MEMORY_STEPS,
    expr: `max(${MEMORY_USED})`,
    noValue: "Not measured",
  });
}
