import type { Clock } from "../../src/base/clock.ts";
import type { Sample } from "../../src/protocol/report.ts";
import type { RunEnd } from "../../src/runner/run.ts";
import { memorySamples } from "../support/memory-samples.ts";
import { makeInstance, uuidOf } from "./records.ts";

/** What a run of process_memory found on these GPUs: on each so many processes. */
export function makeMemoryEnd(
  clock: Clock,
  gpus: readonly number[],
  processes: number,
): Pick<RunEnd, "report"> {
  const listed = Array.from({ length: processes }, (_, index) => ({
    pid: 4711 + index,
    bytes: 1e9,
  }));
  const samples = gpus.flatMap((gpu) => memorySamples({ gpu, gpuUuid: uuidOf(gpu) }, listed));
  return makeSampledEnd(clock, samples);
}

/** What a run without phases to speak of said. */
export function makeSampledEnd(clock: Clock, samples: readonly Sample[]): Pick<RunEnd, "report"> {
  return { report: { instances: [{ ...makeInstance(clock.monotonicSeconds(), 3), samples }] } };
}
