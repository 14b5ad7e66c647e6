// @ts-check
/** By how much what is alive of the heap may differ after all runs from after half of them, and in a short trial, in which all is new. */
const FLAT_RATIO = 1.02;
const FLAT_FROM_RUNS = 10_000;
const SHORT_RATIO = 1.3;

/**
 * What does not hold, a sentence each.
 * @param {import("./scrape-many.js").ScrapeResult} scrapes @param {import("./run-many.js").RunResult} runs
 * @returns {readonly string[]}
 */
export function judge(scrapes, runs) {
  const [first, last] = runs.memory.filter(({ liveBytes }) => liveBytes !== undefined);
  const growth = (last?.liveBytes ?? Infinity) / (first?.liveBytes ?? 1);
  const limit = (last?.runs ?? 0) >= FLAT_FROM_RUNS ? FLAT_RATIO : SHORT_RATIO;
  return [
    ...unless(scrapes.answers >= scrapes.scrapers, "not every scraper had an answer"),
    ...unless(scrapes.flawed === 0, `${scrapes.flawed} answers were not whole`),
    ...unless(scrapes.failedRuns === 0, `${scrapes.failedRuns} runs failed beside the scrapes`),
    ...unless(runs.started === runs.ended, `${runs.started} runs started, ${runs.ended} ended`),
    ...unless(runs.failed > 0, "no run failed"),
    ...unless(runs.failed >= runs.failuresStarted, "a failure was lost"),
    ...unless(runs.failed === runs.failuresLogged, "a failure is not in the log"),
    ...unless(growth < limit, `memory grew to ${growth.toFixed(2)} of what it was`),
  ];
}

/** @param {boolean} holds @param {string} problem @returns {readonly string[]} */
function unless(holds, problem) {
  return holds ? [] : [problem];
}
