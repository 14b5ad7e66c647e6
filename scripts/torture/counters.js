// @ts-check
// What the daemon's own metrics say of its runs, at a moment when its log says the same or should.

/** @typedef {{ runs: number, skips: number, failures: number, unknown: number, series: number }} Counters */

/** @param {string} address @returns {Promise<Counters>} */
async function readCounters(address) {
  const response = await fetch(`http://${address}/metrics`);
  const lines = (await response.text()).split("\n").filter((line) => /^\w/.test(line));
  /** @param {RegExp} pattern */
  const sum = (pattern) =>
    lines
      .filter((line) => pattern.test(line))
      .reduce((total, line) => total + Number(line.slice(line.lastIndexOf(" ") + 1)), 0);
  return {
    runs: sum(/^cudaprobe_runs_total\{/),
    skips: sum(/^cudaprobe_run_skips_total\{/),
    failures: sum(/^cudaprobe_run_failures_total\{/),
    unknown: sum(/^cudaprobe_run_failures_total\{.*reason="unknown"/),
    series: lines.length,
  };
}

/**
 * Reads both between two moments in which the log did not change, so that they speak of the same.
 * @param {import("./daemon.js").Daemon} daemon
 */
export async function compareCounters({ address, tally }) {
  for (let tries = 0; ; tries += 1) {
    const before = JSON.stringify(tally.counts);
    const counters = await readCounters(address);
    // What was written before the answer has come by then.
    await new Promise((resume) => {
      setTimeout(resume, 20);
    });
    if (before === JSON.stringify(tally.counts) || tries === 50) return counters;
  }
}
