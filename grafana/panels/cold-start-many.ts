import { lawOfLock } from "../../deploy/prometheus/source/serialization-alerts.ts";
import { SETTINGS } from "../../deploy/prometheus/source/settings.ts";
import type { Drawing } from "../parts/panel.ts";
import { increase, median, onGpus } from "../parts/select.ts";
import { timeSeries } from "../parts/time-series.ts";

const SIZE = { width: 12, height: 9 };
const RATIO = "cudaprobe_cold_start_serialization_ratio";
/** A label is no number, so that each number of starts at once has a line of its own. */
const { counts } = SETTINGS.serialization;
const LISTED = `${counts.slice(0, -1).join(", ")} and ${counts.at(-1)}`;

/** What starts at once cost each other, and whether somebody held the GPU before a start. */
export function manyAtOnce(): readonly Drawing[] {
  return [
    timeSeries({
      ...SIZE,
      title: "Slowest of several at once, against one alone",
      description: `How many times as long the slowest of several cold starts at once takes as one alone, the median of the window, of the worst chosen GPU: 1 where none waits for another. Beside it what the driver's lock gives where they go through it one after the other, for ${LISTED} at once.`,
      unit: "none",
      minimum: 0,
      queries: [
        {
          legend: "{{concurrency}} at once, {{probe}}",
          expr: `max by (probe, concurrency) (${median(onGpus(RATIO))})`,
        },
        {
          legend: "{{concurrency}} at once, the driver's lock",
          expr: `max by (concurrency) (\n  ${counts.map(law).join("\n  or ")}\n)`,
        },
      ],
      noValue: "No probe starts several at once",
    }),
    idleGpu(),
  ];
}

function law(count: number): string {
  const series = onGpus(RATIO, 'runtime="driver"', `concurrency="${count}"`);
  return `0 * ${median(series)} + ${lawOfLock(SETTINGS, count)}`;
}

function idleGpu(): Drawing {
  return timeSeries({
    ...SIZE,
    title: "Runs before which nobody held the GPU",
    description: `The part of the runs in the window before which no other process was on the GPU, so that it may have had to be woken; of 1, ${LISTED} starts at once.`,
    unit: "percentunit",
    minimum: 0,
    maximum: 1,
    queries: [
      {
        legend: "{{concurrency}} at once, {{probe}}",
        expr: [1, ...counts].map(idlePart).join("\nor\n"),
      },
    ],
    noValue: "No start in the window",
  });
}

/** The counter counts runs, the histogram each of their starts. */
function idlePart(count: number): string {
  const sum = (family: string): string =>
    `sum by (probe, concurrency) (${increase(onGpus(family, `concurrency="${count}"`))})`;
  const idle = sum("cudaprobe_cold_start_idle_gpu_total");
  return `${count} * ${idle} / (${sum("cudaprobe_cold_start_duration_seconds_count")} > 0)`;
}
