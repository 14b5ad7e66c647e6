// @ts-check
/** @typedef {import("../../../src/plots/chart.ts").CurveChart} CurveChart */

/** What is drawn of the quantities that there are. @type {Readonly<Record<string, { readonly title: string, readonly unit: CurveChart["unit"] }>>} */
const DRAWN = {
  cpu: { title: "CPU of the daemon in a minute", unit: "seconds" },
  alive: { title: "Memory in use after a collection", unit: "bytes" },
  bytes: { title: "An answer of /metrics", unit: "bytes" },
  scrape: { title: "Time of a scrape", unit: "seconds" },
};

/**
 * A curve for each quantity of an axis, with what it would be in proportion to the size before the last.
 * @param {readonly GrowthRow[]} rows of the part `scale` @param {string} axis
 * @returns {readonly CurveChart[]}
 */
export function growthCharts(rows, axis) {
  const details = rows.map(({ detail }) => detail);
  return Object.entries(DRAWN).flatMap(([key, { title, unit }]) => {
    const detail = details.find((one) => one.axis === axis && one.quantity === key);
    return detail === undefined ? [] : [growthChart(detail, { title, unit })];
  });
}

/** @typedef {{ readonly detail: Detail }} GrowthRow as `growthRows` makes it */

/**
 * @typedef {object} Detail
 * @property {string} axis
 * @property {string} quantity
 * @property {number} before
 * @property {number} idle
 * @property {readonly import("./growth.js").Point[]} points
 */

/** @param {Detail} detail @param {{ readonly title: string, readonly unit: CurveChart["unit"] }} names @returns {CurveChart} */
function growthChart({ axis, before, idle, points }, names) {
  const reference = points.find(({ size }) => size === before)?.value ?? Number.NaN;
  const proportional = (/** @type {number} */ size) => idle + ((reference - idle) * size) / before;
  return {
    type: "curve",
    ...names,
    over: { name: axis, unit: "count" },
    series: [
      { name: "measured", points: points.map(({ size, value }) => ({ x: size, y: value })) },
      {
        name: `idle, and in proportion to ${before} ${axis}`,
        points: points.map(({ size }) => ({ x: size, y: proportional(size) })),
      },
    ],
  };
}
