import { collectDefaultMetrics, Registry } from "prom-client";

/** Families that promtool refuses: gauges with names of counters, and what hangs together with them. */
const REFUSED = /^nodejs_active_/;

/** A sample without a figure, which an event loop lag is until the first second is over. */
const NO_FIGURE = / (?:Nan|[+-]Inf|9223372036\.854776)$/;

/** The daemon's own `process_*` and `nodejs_*` in the text format, made anew by every call. */
export function createRuntimeMetrics(): () => Promise<string> {
  // A registry of its own: these change all the time, and the others are kept as text.
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 1000 });
  for (const { name } of registry.getMetricsAsArray()) {
    if (REFUSED.test(name)) registry.removeSingleMetric(name);
  }
  return async () => {
    const lines = (await registry.metrics()).split("\n");
    return lines.filter((line) => line !== "" && !NO_FIGURE.test(line)).join("\n") + "\n";
  };
}
