// @ts-check
// How soon /metrics is answered, asked four times a second by a process of its own.
import { fork } from "node:child_process";
import { join } from "node:path";

const LATE = 100;

/**
 * @param {number} port
 * @param {() => Iterable<string>} circumstances What went on when an answer came late.
 */
export function measureLatency(port, circumstances) {
  /** @type {number[]} */
  const took = [];
  /** @type {number[]} */
  const late = [];
  let unanswered = 0;
  /** @type {Record<string, number>} */
  const lateIn = {};
  const child = fork(join(import.meta.dirname, "scraper.js"), [String(port)]);
  child.on("message", (/** @type {{ took: number, late: number, status: number }} */ scrape) => {
    took.push(scrape.took);
    late.push(scrape.late);
    if (scrape.status !== 200) unanswered += 1;
    if (scrape.took < LATE) return;
    for (const name of circumstances()) lateIn[name] = (lateIn[name] ?? 0) + 1;
  });
  return {
    pid: child.pid ?? 0,
    stop: () => child.disconnect(),
    figures: () => ({
      scrapes: took.length,
      unanswered,
      lateIn,
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
