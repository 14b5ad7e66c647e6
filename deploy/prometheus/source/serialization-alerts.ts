import { makeAlert, ON_GPU, select, span, type AlertRule } from "./rule.ts";
import type { Settings } from "./settings.ts";

const RATIO = "cudaprobe_cold_start_serialization_ratio";

/**
 * Starts at once that wait for more than each other. A label is no number, so that each number of starts has a line of its own.
 * The law is the driver's: a framework's start has much that is no matter of its lock.
 */
export function serializationAlerts(settings: Settings): readonly AlertRule[] {
  const { ratio, window, for: pending } = settings.serialization;
  const within = span(settings, window);
  const alert = makeAlert(settings, {
    name: "CudaprobeSerialization",
    severity: "warning",
    expr: `(\n  ${settings.serialization.counts.map((count) => excess(settings, count)).join("\n  or\n  ")}\n) > ${ratio}`,
    for: pending,
    summary: "Cold starts at once wait for more than the driver's lock.",
    description: `The slowest of {{ $labels.concurrency }} cold starts at once ({{ $labels.probe }}), by the median of ${within}, on ${ON_GPU} takes {{ printf "%.2f" $value }} times as long as so many do that go through the driver's lock one after the other.`,
  });
  return [alert];
}

/** The median over what the law of the lock gives for so many. */
function excess(settings: Settings, count: number): string {
  const { window } = settings.serialization;
  const series = select(settings, RATIO, 'runtime="driver"', `concurrency="${count}"`);
  return `quantile_over_time(0.5, ${series}[${span(settings, window)}]) / ${lawOfLock(settings, count)}`;
}

/** How many times as long as one alone so many take that go through the driver's lock one after the other. */
export function lawOfLock(settings: Settings, count: number): number {
  const { alone, each } = settings.serialization;
  return Number((alone + each * count).toFixed(2));
}
