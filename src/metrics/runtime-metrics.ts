import { collectDefaultMetrics, Registry } from "prom-client";
import type { RuntimeText } from "./scrape.ts";

/** How often the delay of the event loop is sampled: every 10 ms, the default, keeps the processor from sleeping. */
const LAG_SAMPLING_SECONDS = 1;

/** Families that promtool refuses, gauges with names of counters, and what hangs together with them. */
const REFUSED = /^nodejs_active_/;

/** The daemon's own `process_*` and `nodejs_*` in the text format, made anew by every call. */
export function createRuntimeMetrics(): () => Promise<RuntimeText> {
  // A registry of its own: these change all the time, and the others are kept as text.
  const registry = new Registry();
  collectDefaultMetrics({
    register: registry,
    eventLoopMonitoringPrecision: LAG_SAMPLING_SECONDS * 1000,
  });
  for (const { name } of registry.getMetricsAsArray()) {
    if (REFUSED.test(name)) registry.removeSingleMetric(name);
  }
  return async () => ({ text: correctRuntimeMetrics(await registry.metrics()) });
}

/**
 * The library's text without blank lines and without its untruths: the sampled delays of the event loop hold the sampling
 * interval itself, and before the first sample they are NaN, 0 or an absurd number.
 */
export function correctRuntimeMetrics(text: string): string {
  const lines = text.split("\n").filter((line) => line !== "" && !line.endsWith(" Nan"));
  return lines.flatMap(correctLag).join("\n") + "\n";
}

function correctLag(line: string): readonly string[] {
  const [, name, value] =
    /^(nodejs_eventloop_lag_(?:min|max|mean|p\d+)_seconds) (.+)$/.exec(line) ?? [];
  if (name === undefined) return [line];
  const seconds = Number(value);
  // A timer is early by a millisecond at most, and nothing blocks for years.
  const isSample = seconds > LAG_SAMPLING_SECONDS * 0.9 && seconds < 1e9;
  if (!isSample) return [];
  const lag = Math.max(0, seconds - LAG_SAMPLING_SECONDS);
  return [`${name} ${String(Number(lag.toFixed(9)))}`];
}
