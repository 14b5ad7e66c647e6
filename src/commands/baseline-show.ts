import type { Baseline } from "../baseline/baseline.ts";
import { formatDuration } from "../base/units.ts";
import type { CommonFlags } from "./flags.ts";
import { formatColumns } from "./format-table.ts";
import { EXIT, type CommandIo } from "./io.ts";
import { openBaselines } from "./open-baselines.ts";

/** `cudaprobe baseline show`: what is pinned, whether or not there is a driver. Exit code 1 when the storage cannot be used. */
export async function baselineShowCommand(flags: CommonFlags, io: CommandIo): Promise<number> {
  const store = await openBaselines(flags, io);
  if (store === undefined) return EXIT.fault;
  const baselines = await store.read();
  io.out(baselines.length === 0 ? "no baseline is pinned\n" : formatBaselines(baselines));
  return EXIT.ok;
}

/** A row a baseline, in words to the driver's version. */
export function formatBaselines(baselines: readonly Baseline[]): string {
  const words = ["GPU model", "probe", "runtime", "concurrency", "driver", "date"];
  const rows = baselines.map((baseline) => [
    baseline.model,
    baseline.probe,
    baseline.runtime,
    baseline.concurrency,
    baseline.driverVersion,
    DATE.format(baseline.atSeconds * 1000),
    formatDuration(baseline.seconds),
    baseline.runs === 0 ? "given" : String(baseline.runs),
  ]);
  return formatColumns([[...words, "baseline", "runs"], ...rows], words.length);
}

// The Swedish way of writing a date is that of ISO 8601.
const DATE = new Intl.DateTimeFormat("sv-SE", { timeZone: "UTC", dateStyle: "short" });
