import type { Reason } from "../protocol/reasons.ts";
import type { RunEnd } from "../runner/run.ts";
import { COLD_START_REASONS } from "./cold-start.ts";
import { footprintFamilies, observeFootprint, projectFootprint } from "./footprint-families.ts";
import { readFootprint, type AddedBytes } from "./footprint-report.ts";
import { figure } from "./figure.ts";
import { defineKind, type Figure } from "./kind.ts";
import { observedRuntime } from "./observed-runtime.ts";
import { valueOf } from "./samples.ts";
import { startDetails } from "./start-details.ts";
import { mpsInfo, mpsOptions, startOptions } from "./start-options.ts";
import {
  coldStartOptions,
  FIRST_CLIENT_SAMPLE,
  makeWorker,
  observerArguments,
  workerCommand,
} from "./worker.ts";

const REASONS: readonly Reason[] = [...COLD_START_REASONS, "mps_control_missing"];

const optionsShape = { ...startOptions, ...mpsOptions };

/**
 * What a function holds on a GPU after each phase of its start, as NVML tells it of that very process. Source: the memory experiment of
 * StreamBox, which takes the difference of what the whole device has in use, whoever else was at work.
 */
export const footprint = defineKind({
  name: "footprint",
  scope: "device",
  summary: "How much GPU memory each phase of a function's start takes.",
  program: "footprint",
  optionsShape,
  defaultTimeoutSeconds: 60,
  // An H100 takes 0.3 s for the start, and 0.02 s to settle after each phase; an MPS daemon doubles it.
  expectedSeconds: 1,
  reasons: REASONS,
  gatedByUtilization: false,
  families: footprintFamilies,
  measurement: ({ mps, active_thread_percentage: activeThreadPercentage, ...options }) => {
    const worker = makeWorker({ coldStart: coldStartOptions(options), mps });
    const observed = observedRuntime(options);
    const labels = { runtime: options.runtime, mps: String(mps) };
    return {
      // The worker's, since the probe has each of them when its worker does.
      phases: ["spawn", ...observed.phases, "release", "exit"],
      instances: 1,
      cache: "any",
      ...observed.footprintSeconds,
      ...(observed.contextBytes === undefined ? {} : { contextBytes: observed.contextBytes }),
      ...(worker.needs && { needs: worker.needs }),
      ...(mps ? { mps: { activeThreadPercentage } } : {}),
      args: (context) => [
        ...observerArguments(observed.requestedBytes, context),
        ...observed.footprintArguments,
        ...workerCommand(worker, context),
      ],
      env: worker.env,
      infoLabels: {
        ...labels,
        ...mpsInfo({ mps, activeThreadPercentage }),
        module_loading: options.module_loading,
      },
      details: startDetails(options),
      zeros: () => [],
      observe: ({ probe, end }) => observeFootprint({ probe, ...labels }, end),
      project: ({ probe, end }, device) => projectFootprint({ probe, ...labels }, end, device),
      figures: footprintFigures,
    };
  },
});

/** The bytes that each phase adds, what the process holds in the end, and whose that is. */
function footprintFigures(end: RunEnd): readonly Figure[] {
  const report = readFootprint(end);
  if (report === undefined) return [];
  return [
    ...report.process.map(toFigure),
    { name: "process", value: report.processBytes, unit: "bytes" },
    ...figure("mps server", report.serverBytes, "bytes"),
    ...figure("runtime share", report.runtimeRatio, "ratio"),
    ...figure("first client", valueOf(end, FIRST_CLIENT_SAMPLE), "seconds"),
  ];
}

function toFigure({ phase, bytes }: AddedBytes): Figure {
  return { name: phase, value: bytes, unit: "bytes" };
}
