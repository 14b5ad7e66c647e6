import { makeAlert, ON_GPU, span, type AlertRule } from "./rule.ts";
import type { Settings } from "./settings.ts";
import { errorsName, runsName } from "./slo.ts";

/** Two pairs of windows: few runs an hour make shorter ones a matter of two bad starts. */
export function sloAlerts(settings: Settings): readonly AlertRule[] {
  return [burn(settings, "fast", "critical"), burn(settings, "slow", "warning")];
}

function burn(
  settings: Settings,
  pace: "fast" | "slow",
  severity: "critical" | "warning",
): AlertRule {
  const { slo } = settings;
  const { burn: factor, long, short } = slo[pace];
  const limit = Number((factor * (1 - slo.objective)).toFixed(6));
  return makeAlert(settings, {
    name: "CudaprobeColdStartSloBurn",
    severity,
    expr: `${errorsName(long)} > ${limit}
and
${errorsName(short)} > ${limit}
and
${enoughRuns(settings, pace)}`,
    for: slo.for,
    summary: "Too many cold starts fail or are too slow.",
    description:
      `{{ $value | humanizePercentage }} of the cold starts of {{ $labels.probe }} over ${span(settings, long)} on ${ON_GPU} ` +
      `failed or took more than ${slo.targetSeconds} s; the objective lets ${Number((100 * (1 - slo.objective)).toFixed(3))}% do so.`,
  });
}

/**
 * A target that goes on failing is tried once in a quarter of an hour, which is too seldom for half an hour: then many in the long window
 * will do.
 */
function enoughRuns({ slo }: Settings, pace: "fast" | "slow"): string {
  const { long, short } = slo[pace];
  const inShort = `${runsName(short)} >= ${slo.minimumRuns}`;
  return pace === "slow"
    ? inShort
    : `(${inShort} or ${runsName(long)} >= ${slo.minimumRunsInLong})`;
}
