import type { Clock } from "../../src/base/clock.ts";
import type { Target } from "../../src/config/config.ts";
import type { EndedRun } from "../../src/history/record.ts";
import type { Metrics } from "../../src/metrics/metrics.ts";
import { KINDS } from "../../src/probes/index.ts";
import type { Kind } from "../../src/probes/kind.ts";
import type { RunEnd } from "../../src/runner/run.ts";
import { makeListing, makeRun, makeSkip, makeTarget, makeTimeout } from "../metrics/records.ts";
import { makeMemoryEnd, makeSampledEnd } from "../metrics/sampled-ends.ts";
import { densitySamples, footprintSamples } from "./footprint-samples.ts";
import { cudaIpcSamples, functionIpcSamples } from "./ipc-samples.ts";
import type { createClock } from "./still-clock.ts";

export const BUILD = { version: "0.1.0", revision: "abc1234", node: "v20.20.2" };

const INTERVALS = new Map(KINDS.map((kind) => [kind.name, 60]));

/** How many processes a listing of them lists on each GPU. */
export const LISTED = 3;

export function gpus(count: number): readonly number[] {
  return Array.from({ length: count }, (_, gpu) => gpu);
}

/** A day in the life: listings, successes, failures, skips, a GPU that goes, a reload. */
export function live(metrics: Metrics, clock: ReturnType<typeof createClock>, count: number): void {
  metrics.setHost({
    distribution: "Debian GNU/Linux",
    distributionVersion: "12",
    kernel: "6.1.0",
    architecture: "x64",
    cpuModel: "EPYC 9654",
    virtualization: "none",
  });
  metrics.setReload({ successful: true, atSeconds: clock.wallSeconds() });
  metrics.setListing(makeListing(gpus(count)), { named: [] });
  const kinds = KINDS.map((kind) => targetsOf(kind, count));
  metrics.setTargets(kinds.flat(), INTERVALS);
  const watched = kinds.flat().filter(({ probe }) => probe.measurement.headline !== undefined);
  metrics.setBaselines(watched.map((target) => ({ target, seconds: 0.2 })));
  for (const target of kinds.flat()) metrics.recordRun(makeSuccess(target, clock, count));
  clock.advance(60);
  for (const targets of kinds) {
    for (const target of targets.slice(0, -1)) metrics.recordRun(makeTimeout(target, clock));
    for (const target of targets.slice(2)) metrics.recordRun(makeSkip(target, clock));
  }
}

function targetsOf(kind: Kind, count: number): readonly Target[] {
  if (kind.scope === "host") return [makeTarget(undefined, { kind })];
  return gpus(count).map((gpu) => makeTarget(gpu, { kind }));
}

/** A run with all that its kind has to say of so many GPUs. */
export function makeSuccess(target: Target, clock: Clock, count: number): EndedRun {
  const said: Readonly<Record<string, Partial<RunEnd>>> = {
    process_memory: makeMemoryEnd(clock, gpus(count), LISTED),
    footprint: makeSampledEnd(clock, footprintSamples({ mps: true })),
    density: makeSampledEnd(clock, densitySamples(8)),
    function_ipc: makeSampledEnd(clock, functionIpcSamples()),
    cuda_ipc: makeSampledEnd(clock, cudaIpcSamples()),
  };
  return makeRun(target, clock, said[target.probe.kind.name] ?? {});
}
