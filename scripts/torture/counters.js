// @ts-check
// What the daemon's own metrics say of its runs.

/** @typedef {{ runs: number, skips: number, failures: number, unknown: number, series: number, heapBytes: number }} Counters */

/** @param {string} address @returns {Promise<Counters>} */
export async function readCounters(address) {
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
    heapBytes: sum(/^nodejs_heap_size_used_bytes /),
  };
}
