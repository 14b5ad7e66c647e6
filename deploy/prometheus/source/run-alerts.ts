import { HOST, makeAlert, ON_TARGET, select, span, TARGET, type AlertRule } from "./rule.ts";
import type { Settings } from "./settings.ts";

/** Runs that fail, and runs that are not made. */
export function runAlerts(settings: Settings): readonly AlertRule[] {
  return [failing(settings), stale(settings), skipped(settings)];
}

function failing(settings: Settings): AlertRule {
  const last = lookUp("cudaprobe_run_last_failure_info");
  return makeAlert(settings, {
    name: "CudaprobeRunFailing",
    severity: "warning",
    expr: `${select(settings, "cudaprobe_run_success")} == 0`,
    for: settings.runs.failing.for,
    summary: "The runs of a probe fail.",
    description:
      `The last run of {{ $labels.probe }} on ${ON_TARGET} failed` +
      `{{ with ${last} }}: {{ . | first | label "reason" }}{{ with . | first | label "phase" }}, in the phase {{ . }}{{ end }}{{ end }}.`,
  });
}

/**
 * Also a target none of whose runs has ended since the start, which has no time of the last one. A skip says that
 * the schedule is alive, for as many of its intervals or a while, and has an alert of its own; so has a failure, after several of which the next run waits. A pause
 * is somebody's will, also for what is due less often.
 */
function stale(settings: Settings): AlertRule {
  const { intervals, skippedWithin, for: pending } = settings.runs.stale;
  const last = select(settings, "cudaprobe_run_last_timestamp_seconds");
  const allowed = `${intervals} * ${select(settings, "cudaprobe_probe_interval_seconds")}`;
  return makeAlert(settings, {
    name: "CudaprobeRunStale",
    severity: "warning",
    expr: `(
  (time() - ${last})
  > on (job, instance, probe) group_left ()
  (${allowed})
  or
  (${select(settings, "cudaprobe_runs_total")} == 0 unless on (${TARGET}) ${last})
)
unless on (${TARGET})
(
  (time() - ${select(settings, "cudaprobe_run_last_skip_timestamp_seconds")})
  <= on (job, instance, probe) group_left ()
  clamp_min(${allowed}, ${skippedWithin * settings.scale})
)
unless on (${HOST})
${select(settings, "cudaprobe_paused")} == 1
unless on (${TARGET})
${select(settings, "cudaprobe_run_retry_timestamp_seconds")}`,
    for: pending,
    summary: "A probe has not run for a long time.",
    description:
      `{{ if $value }}The last run of {{ $labels.probe }} on ${ON_TARGET} ended {{ $value | humanizeDuration }} ago, ` +
      `which is more than ${intervals} times its schedule{{ else }}No run of {{ $labels.probe }} on ${ON_TARGET} has ended ` +
      `since cudaprobe started{{ end }}, and none was skipped of late.`,
  });
}

/** Several skips and no end. A probe that is due less often than that is not warned of. */
function skipped(settings: Settings): AlertRule {
  const { within, minimum, wanted, for: pending } = settings.runs.skipped;
  const window = span(settings, within);
  const reasons = `reason!~"${wanted.join("|")}"`;
  const last = select(settings, "cudaprobe_run_last_timestamp_seconds");
  const most = `printf "topk(1, increase(cudaprobe_run_skips_total{instance='%s', probe='%s', gpu_uuid='%s', mig_uuid='%s'}[${window}]))" ${OF_TARGET} | query`;
  return makeAlert(settings, {
    name: "CudaprobeRunSkipped",
    severity: "info",
    expr: `${skips(settings, within, reasons)} >= ${minimum}
unless on (${TARGET})
time() - max_over_time(${last}[${window}]) < ${within * settings.scale}`,
    for: pending,
    summary: "All runs of a probe are skipped.",
    description:
      `{{ printf "%.0f" $value }} runs of {{ $labels.probe }} on ${ON_TARGET} were skipped within ${window} and none was made` +
      `{{ with ${most} }}, mostly because of {{ . | first | label "reason" }}{{ end }}.`,
  });
}

const OF_TARGET = "$labels.instance $labels.probe $labels.gpu_uuid $labels.mig_uuid";

/** In a description: the series of a family that is about the alert's target. */
function lookUp(family: string): string {
  return `printf "${family}{instance='%s', probe='%s', gpu_uuid='%s', mig_uuid='%s'}" ${OF_TARGET} | query`;
}

/** How many runs were skipped; the reasons are counters that are there from the start. */
function skips(settings: Settings, seconds: number, ...matchers: readonly string[]): string {
  const family = select(settings, "cudaprobe_run_skips_total", ...matchers);
  return `sum without (reason) (increase(${family}[${span(settings, seconds)}]))`;
}
