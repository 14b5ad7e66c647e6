import * as z from "zod";
import { fail, ok, type Result } from "../base/result.ts";
import type { Target } from "../config/config.ts";

const keySchema = z.strictObject({
  /** What NVML calls the GPU: an emulated one never has the name of a real one. */
  model: z.string(),
  probe: z.string(),
  runtime: z.string(),
  concurrency: z.string(),
});

const baselineSchema = z.strictObject({
  ...keySchema.shape,
  seconds: z.number().positive(),
  driverVersion: z.string(),
  /** Seconds since 1970 when it was pinned. */
  atSeconds: z.number(),
  /** How many runs it is the median of; 0 when it was given. */
  runs: z.int().min(0),
});

/** What has one baseline: the same probe on all GPUs of a model. */
export type BaselineKey = Readonly<z.output<typeof keySchema>>;

/** How long it took once, to read what it takes now against. */
export type Baseline = Readonly<z.output<typeof baselineSchema>>;

/** Lets stored baselines through. */
export function parseBaselines(value: unknown): Result<readonly Baseline[]> {
  const parsed = z.array(baselineSchema).safeParse(value);
  return parsed.success
    ? ok(parsed.data)
    : fail(`it holds no baselines: ${z.prettifyError(parsed.error)}`);
}

/** Where the baseline of a target is; undefined when its kind has none. */
export function baselineKey({ device, probe }: Target): BaselineKey | undefined {
  const { headline } = probe.measurement;
  if (headline === undefined || device === undefined) return undefined;
  const { runtime, concurrency } = headline;
  return { model: device.name, probe: probe.name, runtime, concurrency };
}

/** Whether two stand for the same. */
export function isSameKey(left: BaselineKey, right: BaselineKey): boolean {
  return (
    left.model === right.model &&
    left.probe === right.probe &&
    left.runtime === right.runtime &&
    left.concurrency === right.concurrency
  );
}

/** The baseline of a target, where one is pinned. */
export function findBaseline(target: Target, baselines: readonly Baseline[]): Baseline | undefined {
  const key = baselineKey(target);
  return key && baselines.find((baseline) => isSameKey(baseline, key));
}
