// What the chart of the last day says, as text.

/** @import { ColdStartSeriesJson } from "../cold-starts-json.ts" */

/** "cold_start, GPU 0", with what tells MIG instances apart. @param {ColdStartSeriesJson} series */
export function nameOf({ probe, gpu, mig_uuid: instance }) {
  const device = gpu === undefined ? "" : `, GPU ${gpu}`;
  const part = instance === undefined ? "" : ` ${instance.slice(0, 12)}`;
  return `${probe}${device}${part}`.trimEnd();
}

/** "13:05", and the day at its beginning. @param {number} atSeconds */
export function formatTime(atSeconds) {
  const text = new Date(atSeconds * 1000).toISOString();
  return text.slice(11, 16) === "00:00" ? text.slice(5, 10) : text.slice(11, 16);
}

/** @param {number} atSeconds */
export function formatMoment(atSeconds) {
  return new Date(atSeconds * 1000).toISOString().slice(0, 19).replace("T", " ");
}

/** Three digits and the unit; nothing of a tick that is not labelled. @param {number | null} seconds */
export function formatSeconds(seconds) {
  if (seconds === null) return "";
  if (seconds === 0) return "0";
  const rounded = Number(seconds.toPrecision(3));
  if (rounded < 1e-3) return `${Number((rounded * 1e6).toPrecision(3))} µs`;
  if (rounded < 1) return `${Number((rounded * 1e3).toPrecision(3))} ms`;
  return `${rounded} s`;
}
