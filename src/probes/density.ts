import type { Reason } from "../protocol/reasons.ts";
import { COLD_START_REASONS } from "./cold-start.ts";
import { densityCharts } from "./density-charts.ts";
import { densityFamilies } from "./density-families.ts";
import { densityFigures, observeDensity } from "./density-observe.ts";
import { densityTables } from "./density-tables.ts";
import { defineKind } from "./kind.ts";
import { observedRuntime } from "./observed-runtime.ts";
import { FLOOR_BYTES } from "./projection.ts";
import { count } from "./quantities.ts";
import { startDetails } from "./start-details.ts";
import { mpsInfo, mpsOptions, startOptions } from "./start-options.ts";
import { coldStartOptions, makeWorker, observerArguments, workerCommand } from "./worker.ts";

const PHASES = ["spawn", "load_driver", "init", "start", "end", "exit"] as const;

const REASONS: readonly Reason[] = [...COLD_START_REASONS, "mps_control_missing"];

const optionsShape = {
  runtime: startOptions.runtime,
  python: startOptions.python,
  bytes: startOptions.bytes,
  ...mpsOptions,
  max_instances: count({ minimum: 1, maximum: 64 })
    .prefault(8)
    .describe(
      "How many functions to start at most. Fewer are started where that would leave less than 2 GiB free, a tenth of the GPU, or twice what one takes.",
    ),
};

/**
 * How many functions hold a GPU at the same time, started one after the other, and what each of them takes of it. Source: the memory
 * experiment of StreamBox, whose containers have the GPU in exclusive mode and under MPS.
 */
export const density = defineKind({
  name: "density",
  scope: "device",
  summary: "How many functions fit on a GPU, by starting them, and what each takes.",
  program: "density",
  optionsShape,
  defaultTimeoutSeconds: 300,
  // An H100 takes 0.3 s for each of eight.
  expectedSeconds: 5,
  defaultIterations: 1,
  optionsInExclusiveMode: { mps: "true" },
  reasons: REASONS,
  gatedByUtilization: true,
  families: densityFamilies,
  measurement: (options) => {
    const { mps, active_thread_percentage: activeThreadPercentage } = options;
    const worker = makeWorker({ coldStart: coldStartOptions(options), mps });
    const observed = observedRuntime(options);
    const labels = { runtime: options.runtime, mps: String(mps) };
    return {
      phases: PHASES,
      instances: 1,
      cache: "any",
      ...observed.densitySeconds,
      ...(worker.needs && { needs: worker.needs }),
      ...(mps ? { mps: { activeThreadPercentage } } : {}),
      args: (context) => [
        ...observerArguments(observed.requestedBytes, context),
        ...observed.densityArguments,
        `--max_instances=${String(options.max_instances)}`,
        `--floor_bytes=${String(FLOOR_BYTES)}`,
        ...workerCommand(worker, context),
      ],
      env: worker.env,
      infoLabels: { ...labels, ...mpsInfo({ mps, activeThreadPercentage }) },
      details: { ...startDetails(options), max_instances: String(options.max_instances) },
      zeros: () => [],
      observe: ({ probe, end }) => observeDensity({ probe, ...labels }, end),
      figures: (end) => densityFigures(end, { mps }),
      tables: (ends) => densityTables(ends, { mps }),
      charts: (ends) => densityCharts(ends, { mps }),
    };
  },
});
