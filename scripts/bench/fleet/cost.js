// @ts-check
const SECONDS_A_DAY = 86_400;

/** What Prometheus adds to each target: `up`, and four series of how the scrape went. */
const SERIES_A_TARGET = 5;

/**
 * Series that are left of an exposition when those with such names are dropped, anchored as Prometheus does.
 * @param {string} text in the text format @param {string} [drop]
 */
export function seriesLeft(text, drop) {
  const dropped = drop === undefined ? undefined : new RegExp(`^(?:${drop})$`);
  return text
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(/[{ ]/, 1)[0] ?? "")
    .filter((name) => dropped?.test(name) !== true).length;
}

/**
 * What all hosts together are to a Prometheus.
 * @param {{ readonly hosts: number, readonly seriesOfHost: number, readonly interval: number, readonly bytesPerSample: number }} facts
 */
export function fleetCost({ hosts, seriesOfHost, interval, bytesPerSample }) {
  const series = hosts * (seriesOfHost + SERIES_A_TARGET);
  const samplesPerSecond = series / interval;
  const bytesPerDay = samplesPerSecond * SECONDS_A_DAY * bytesPerSample;
  return { series, samplesPerSecond, bytesPerDay };
}
