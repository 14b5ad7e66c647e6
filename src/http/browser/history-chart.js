// Draws the cold starts of the last day into the daemon's page. It runs in the reader's browser, as it is written here.

import { formatMoment, formatSeconds, formatTime, nameOf } from "./history-format.js";
import { rangeOfTime, scaleOf } from "./history-scales.js";

/** @import { ColdStartsJson, ColdStartSeriesJson } from "../cold-starts-json.ts" */

const COLOURS = 10;
/** Where there are more series than colours, the lines differ. */
const DASHES = [[], [8, 4], [2, 3]];
/** A gap so many times as long as is usual between two runs is a time in which none succeeded. */
const GAP_RATIO = 3.5;
/** How uPlot takes what is nothing when it puts series together: as it is, or up to the values of the same series around it. */
const [RETAIN_NULLS, EXPAND_NULLS] = [1, 2];

await start(document.querySelector("#history-chart"));

/** @param {Element | null} element */
async function start(element) {
  const place = element?.querySelector(".history-plot");
  const source = element?.getAttribute("data-source") ?? "";
  if (!(place instanceof HTMLElement)) return;
  try {
    show(place, await load(source));
  } catch (error) {
    say(place, `The chart cannot be drawn: ${String(error)}`);
  }
}

/** @param {string} url @returns {Promise<ColdStartsJson>} */
async function load(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.json();
}

/** @param {HTMLElement} place @param {string} text */
function say(place, text) {
  const paragraph = document.createElement("p");
  paragraph.className = "none";
  paragraph.textContent = text;
  place.replaceChildren(paragraph);
}

/** Draws anew when the reader's colours change, since a canvas does not follow them. @param {HTMLElement} place @param {ColdStartsJson} answer */
function show(place, answer) {
  const series = answer.series.filter((one) => one.ended_at_seconds.length > 0);
  if (series.length === 0) {
    say(place, "There is none to draw yet.");
    return;
  }
  let chart = draw(place, series, answer.at_seconds);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    chart.destroy();
    chart = draw(place, series, answer.at_seconds);
  });
  new ResizeObserver(() => {
    if (chart.width !== place.clientWidth) chart.setSize(sizeOf(place));
  }).observe(place);
}

/** @param {HTMLElement} place @param {readonly ColdStartSeriesJson[]} series @param {number} nowSeconds */
function draw(place, series, nowSeconds) {
  const style = getComputedStyle(place);
  /** @type {Colour} */
  const colour = (name) => style.getPropertyValue(`--plot-${name}`).trim();
  const data = uPlot.join(
    series.map(columns),
    series.map(() => [RETAIN_NULLS, EXPAND_NULLS]),
  );
  return new uPlot(
    {
      ...sizeOf(place),
      scales: { x: { range: rangeOfTime(nowSeconds) }, y: scaleOf(series) },
      legend: { markers: { dash: (_, index) => (index > COLOURS ? "dashed" : "solid") } },
      cursor: { dataIdx: nearestIndex, points: { size: 7 }, drag: { x: true, y: false } },
      axes: axes(colour),
      series: [
        { label: "UTC", value: (_, time) => (hasValue(time) ? formatMoment(time) : "") },
        ...series.map((one, index) => line(one, index, colour)),
      ],
    },
    data,
    place,
  );
}

/** @typedef {(name: string) => string} Colour */

/** @param {Colour} colour @returns {uPlot.Axis[]} */
function axes(colour) {
  const look = {
    stroke: colour("soft"),
    font: "12px system-ui, sans-serif",
    ticks: { show: false },
    grid: { stroke: colour("grid"), width: 1 },
  };
  return [
    { ...look, size: 34, space: 70, values: (_, times) => times.map(formatTime) },
    { ...look, size: 64, values: (_, values) => values.map(formatSeconds) },
  ];
}

/** @param {ColdStartSeriesJson} one @param {number} index @param {Colour} colour @returns {uPlot.Series} */
function line(one, index, colour) {
  const stroke = colour(String(index % COLOURS));
  return {
    label: nameOf(one),
    stroke,
    dash: DASHES[Math.floor(index / COLOURS) % DASHES.length] ?? [],
    width: 1.5,
    points: { size: 4, fill: stroke, ...(one.ended_at_seconds.length === 1 ? { show: true } : {}) },
    value: (_, value) => formatSeconds(value),
  };
}

/** @param {HTMLElement} place */
function sizeOf(place) {
  return { width: place.clientWidth, height: place.clientWidth < 600 ? 240 : 320 };
}

/**
 * A series as uPlot takes it, with nothing in the middle of each gap, so that no line leads across it.
 * @param {ColdStartSeriesJson} series @returns {uPlot.AlignedData}
 */
function columns({ ended_at_seconds: times, time_to_first_result_seconds: seconds }) {
  const usual = median(times.slice(1).map((time, index) => time - (times[index] ?? time)));
  /** @type {number[]} */
  const xs = [];
  /** @type {(number | null)[]} */
  const ys = [];
  for (const [index, time] of times.entries()) {
    const before = times[index - 1] ?? time;
    if (time - before > GAP_RATIO * usual) {
      xs.push((before + time) / 2);
      ys.push(null);
    }
    xs.push(time);
    ys.push(seconds[index] ?? null);
  }
  return [xs, ys];
}

/** @param {readonly number[]} values */
function median(values) {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

/**
 * The index at which a series has a value that is nearest to where the reader points: no two runs end at once, so that the others have
 * none there.
 * @param {uPlot} chart @param {number} series @param {number} pointed
 */
function nearestIndex(chart, series, pointed) {
  const [times, values] = [chart.data[0], chart.data[series] ?? []];
  const at = times[pointed] ?? 0;
  const distance = (/** @type {number} */ index) => Math.abs((times[index] ?? Infinity) - at);
  let [before, after] = [pointed, pointed];
  while (before >= 0 && !hasValue(values[before])) before -= 1;
  while (after < values.length && !hasValue(values[after])) after += 1;
  return distance(before) <= distance(after) ? before : after;
}

/** @param {number | null | undefined} value */
function hasValue(value) {
  return value !== null && value !== undefined;
}
