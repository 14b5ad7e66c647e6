import type { TargetSeries } from "./past.ts";
import type { StatusView } from "./status.ts";

/** The answer of `/api/cold-starts`, as docs/api.md has it. */
export interface ColdStartsJson {
  readonly schema: "cudaprobe-cold-starts/1";
  readonly at_seconds: number;
  readonly backend?: "nvidia" | "emulator";
  readonly series: readonly ColdStartSeriesJson[];
}

/** A target's points, a column each: `ended_at_seconds` goes up, and has as many elements as the other. */
export interface ColdStartSeriesJson {
  readonly probe: string;
  readonly runtime?: string;
  readonly concurrency?: string;
  readonly gpu?: number;
  readonly gpu_uuid?: string;
  readonly mig_uuid?: string;
  readonly ended_at_seconds: readonly number[];
  readonly time_to_first_result_seconds: readonly number[];
}

/** What good cold starts took in the last 24 hours, to the millisecond and the microsecond, so that a day is not too long to send. */
export function coldStartsJson(
  all: readonly TargetSeries[],
  { atSeconds, backend }: Pick<StatusView, "atSeconds" | "backend">,
): ColdStartsJson {
  return {
    schema: "cudaprobe-cold-starts/1",
    at_seconds: rounded(atSeconds, 1e3),
    ...(backend && { backend }),
    series: all.map(seriesJson),
  };
}

function seriesJson({ target, points }: TargetSeries): ColdStartSeriesJson {
  const { probe, device } = target;
  const { headline } = probe.measurement;
  return {
    probe: probe.name,
    ...(headline && { runtime: headline.runtime, concurrency: headline.concurrency }),
    ...(device && { gpu: device.gpu, gpu_uuid: device.gpuUuid, mig_uuid: device.migUuid }),
    ended_at_seconds: points.map(({ atSeconds }) => rounded(atSeconds, 1e3)),
    time_to_first_result_seconds: points.map((point) => rounded(point.durationSeconds, 1e6)),
  };
}

function rounded(seconds: number, perSecond: number): number {
  return Math.round(seconds * perSecond) / perSecond;
}
