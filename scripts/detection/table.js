// @ts-check
// What came of it, as a table.
import { median } from "simple-statistics";

import { nameOf, SHIFTS } from "./cases.js";

/** @typedef {import("./cases.js").Case & { firings: Record<string, number[]> }} Tried Minutes since its begin, by severity. */

/**
 * @param {readonly Tried[]} tried
 * @param {{ days: number, noises: readonly string[] }} options
 */
export function summarize(tried, { days, noises }) {
  return noises.map((noise) => {
    const own = tried.filter((one) => one.noise === noise);
    const calm = own.filter(({ shift }) => shift === 1);
    const falseAlarms = calm.flatMap((one) =>
      Object.entries(one.firings).flatMap(([severity, minutes]) =>
        minutes.map((minute) => ({ series: nameOf(one), severity, minute })),
      ),
    );
    const perMonth = (falseAlarms.length / calm.length) * (30 / days);
    return {
      noise,
      series: calm.length,
      days,
      falseAlarms,
      perMonth,
      found: SHIFTS.map(foundOf(own)),
    };
  });
}

/** @param {readonly Tried[]} own */
function foundOf(own) {
  return (/** @type {number} */ shift) => {
    const shifted = own.filter((one) => one.shift === shift);
    const hours = shifted.flatMap((one) => delayHours(one));
    return {
      shift,
      series: shifted.length,
      found: hours.length,
      medianHours: hours.length === 0 ? undefined : median(hours),
      worstHours: hours.length === 0 ? undefined : Math.max(...hours),
    };
  };
}

/**
 * From the regression to the first alert that begins after it, of any severity.
 * @param {Tried} one
 */
function delayHours({ firings, stepMinute }) {
  const after = Object.values(firings)
    .flat()
    .filter((minute) => minute >= stepMinute);
  return after.length === 0 ? [] : [(Math.min(...after) - stepMinute) / 60];
}

/** @param {ReturnType<typeof summarize>} summary */
export function toMarkdown(summary) {
  const head = [
    "noise",
    "false alarms a series in 30 days",
    ...SHIFTS.map((shift) => `+${Math.round(100 * (shift - 1))} %`),
  ];
  const rows = summary.map(({ noise, perMonth, falseAlarms, series, found }) => [
    noise,
    `${perMonth.toFixed(2)} (${falseAlarms.length} in ${series} series)`,
    ...found.map(
      ({ found: count, series: of, medianHours, worstHours }) =>
        `${count} of ${of}${medianHours === undefined ? "" : `, ${medianHours.toFixed(1)} h, at worst ${worstHours?.toFixed(1)} h`}`,
    ),
  ]);
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |\n`).join("");
}
