// @ts-check
// How soon /metrics is answered, asked four times a second by a process of its own.
import { fork } from "node:child_process";
import { join } from "node:path";

/** @param {number} port */
export function measureLatency(port) {
  /** @type {number[]} */
  const took = [];
  /** @type {number[]} */
  const late = [];
  let unanswered = 0;
  const child = fork(join(import.meta.dirname, "scraper.js"), [String(port)]);
  child.on("message", (/** @type {{ took: number, late: number, status: number }} */ scrape) => {
    took.push(scrape.took);
    late.push(scrape.late);
    if (scrape.status !== 200) unanswered += 1;
  });
  return {
    stop: () => child.disconnect(),
    figures: () => ({
      scrapes: took.length,
      unanswered,
      medianMilliseconds: quantile(took, 0.5),
      p99Milliseconds: quantile(took, 0.99),
      mostMilliseconds: quantile(took, 1),
      machineP99Milliseconds: quantile(late, 0.99),
    }),
  };
}

/** @param {readonly number[]} values @param {number} share */
function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
