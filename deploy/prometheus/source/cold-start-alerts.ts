import { COLD_START, medianName, ratioName } from "./medians.ts";
import { HOST, makeAlert, ON_GPU, select, span, type AlertRule } from "./rule.ts";
import type { Settings } from "./settings.ts";

const TIMES = '{{ printf "%.2f" $value }} times';

/** Cold starts that take longer than they did. */
export function coldStartAlerts(settings: Settings): readonly AlertRule[] {
  return [
    slowTier(settings),
    fastTier(settings),
    afterDriverChange(settings),
    aboveBaseline(settings),
  ];
}

function slowTier(settings: Settings): AlertRule {
  const { slow } = settings.coldStart;
  return makeAlert(settings, {
    name: "CudaprobeColdStartRegression",
    severity: "warning",
    expr: `${ratioName(settings, COLD_START, "slow")} > ${slow.ratio}\nand\n${longerThanPast(settings, "slow")}`,
    for: slow.for,
    summary: "Cold starts take longer than in the week before.",
    description: describe(settings, "slow"),
  });
}

function fastTier(settings: Settings): AlertRule {
  const { fast } = settings.coldStart;
  return makeAlert(settings, {
    name: "CudaprobeColdStartRegression",
    severity: "critical",
    expr: `${ratioName(settings, COLD_START, "fast")} > ${fast.ratio}\nand\n${longerThanPast(settings, "fast")}`,
    for: fast.for,
    summary: "Cold starts take much longer than in the week before.",
    description: describe(settings, "fast"),
  });
}

/** A smaller change is believed soon after another driver, whose version the alert names. */
function afterDriverChange(settings: Settings): AlertRule {
  const { driverChange } = settings.coldStart;
  const driver = select(settings, "cudaprobe_driver_info");
  const within = span(settings, driverChange.within);
  return makeAlert(settings, {
    name: "CudaprobeColdStartRegressionAfterDriverChange",
    severity: "warning",
    expr: `(
  ${ratioName(settings, COLD_START, "fast")} > ${driverChange.ratio}
  and
  ${longerThanPast(settings, "fast")}
)
* on (${HOST}) group_left (driver_version)
(
  max by (${HOST}, driver_version) (${driver})
  and on (${HOST})
  count by (${HOST}) (
    group by (${HOST}, driver_version) (last_over_time(${driver}[${within}]))
  ) > 1
)`,
    for: driverChange.for,
    summary: "Cold starts take longer since the driver was changed.",
    description: `${describe(settings, "fast")} The driver was changed to {{ $labels.driver_version }} within ${within}.`,
  });
}

/** The baseline is one that somebody set: it does not follow what is slow for long. */
function aboveBaseline(settings: Settings): AlertRule {
  const { baseline, minimumSeconds } = settings.coldStart;
  const median = medianName(settings, COLD_START, "slow");
  const series = select(settings, "cudaprobe_cold_start_baseline_duration_seconds");
  const match = "on (job, instance, gpu_uuid, mig_uuid, probe, runtime, concurrency) group_left ()";
  const window = span(settings, settings.windows.slow);
  return makeAlert(settings, {
    name: "CudaprobeColdStartAboveBaseline",
    severity: "warning",
    expr: `${median} / ${match} ${series} > ${baseline.ratio}
and
${median} - ${match} ${series} > ${minimumSeconds}`,
    for: baseline.for,
    summary: "Cold starts take longer than the baseline that was set.",
    description: `The median cold start of {{ $labels.probe }} over ${window} on ${ON_GPU} is ${TIMES} its baseline.`,
  });
}

function longerThanPast(settings: Settings, window: "fast" | "slow"): string {
  const recent = medianName(settings, COLD_START, window);
  const past = medianName(settings, COLD_START, "past");
  return `${recent} - ${past} > ${settings.coldStart.minimumSeconds}`;
}

function describe(settings: Settings, window: "fast" | "slow"): string {
  const length = span(settings, settings.windows[window]);
  const past = span(settings, settings.windows.past);
  return `The median cold start of {{ $labels.probe }} over ${length} on ${ON_GPU} is ${TIMES} that of the ${past} before.`;
}
