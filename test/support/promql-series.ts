import { fillIn, findPanel } from "../grafana/panels.ts";
import { runPromtoolOn, type PromtoolEnd } from "./promtool.ts";

/** Series of an hour with a sample a minute, each so much more than the one before. */
export type Series = readonly (readonly [series: string, each: number])[];

/** What an expression is expected to give, as promtool has it: `{}` for no labels. */
interface ExpectedSample {
  readonly labels: string;
  readonly value: number;
}

/** What an expression gives at the end of the hour, as promtool compares it. */
export async function checkSamples(
  given: Series,
  expr: string,
  expected: readonly ExpectedSample[],
): Promise<PromtoolEnd> {
  const input_series = given.map(([series, each]) => ({ series, values: `0+${each}x60` }));
  const promql_expr_test = [{ expr, eval_time: "1h", exp_samples: expected }];
  return runPromtoolOn("test", { tests: [{ interval: "1m", input_series, promql_expr_test }] });
}

/** A query of a panel, over the last half hour of all there is. */
export function panelQuery(file: string, title: string, index = 0): string {
  const expr = findPanel(file, title).targets?.[index]?.expr;
  if (expr === undefined) throw new Error(`"${title}" has no query ${index}`);
  return fillIn(expr, { instance: ".+", gpu: ".*", window: "30m", probe: "start" });
}

/** The labels of a probe on one GPU. */
export function target(probe: string): string {
  return `job="cudaprobe", instance="a", gpu="0", gpu_uuid="GPU-a", mig_uuid="", probe="${probe}"`;
}

/** The labels of a probe's cold starts. */
export function startLabels(probe: string, runtime: string, concurrency: number): string {
  return `${target(probe)}, runtime="${runtime}", concurrency="${concurrency}"`;
}

interface Starts {
  readonly runtime: string;
  readonly concurrency: number;
  /** A minute. */
  readonly made: number;
  /** Of them. */
  readonly inTime: number;
}

/** Cold starts that were measured. */
export function starts(probe: string, { runtime, concurrency, made, inTime }: Starts): Series {
  const labels = startLabels(probe, runtime, concurrency);
  return [
    [`cudaprobe_cold_start_duration_seconds_count{${labels}}`, made],
    [`cudaprobe_cold_start_duration_seconds_bucket{${labels}, le="1"}`, inTime],
  ];
}
