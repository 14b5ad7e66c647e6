// @ts-check
// What has to hold, whatever the storm does.

/**
 * @typedef {object} Observed
 * @property {ReturnType<ReturnType<typeof import("./latency.js").measureLatency>["figures"]>} latency
 * @property {number} minutes
 * @property {boolean} isPreferred
 * @property {number} p99Limit
 * @property {ReturnType<typeof import("./tally.js").createTally>} tally
 * @property {import("./counters.js").Counters} counters
 * @property {import("./counters.js").Counters} countersBefore
 * @property {import("./watch.js").Watch} watch
 * @property {number} memoryBefore
 * @property {number} memoryAfter
 * @property {readonly string[]} leftFiles
 * @property {readonly string[]} leftProcesses
 * @property {{ exitCode?: number, seconds: number }} end
 */

/** @param {Observed} seen @returns {Array<{ name: string, holds: boolean, figures: string }>} */
export function judge(seen) {
  return [
    judgeLatency(seen),
    judgeRuns(seen),
    judgeCounters(seen),
    judgeLives(seen),
    judgeZombies(seen),
    judgeFiles(seen),
    judgeMemory(seen),
    judgeReasons(seen),
    judgeBugs(seen),
    judgeEnd(seen),
  ];
}

/** @param {Observed} seen */
function judgeLatency({ latency, isPreferred, p99Limit }) {
  const { scrapes, unanswered, medianMilliseconds, p99Milliseconds, mostMilliseconds } = latency;
  const times = [medianMilliseconds, p99Milliseconds, mostMilliseconds].map((ms) => ms.toFixed(1));
  const who = isPreferred ? "both before all else on the machine" : "among all else on the machine";
  const machine = latency.machineP99Milliseconds.toFixed(1);
  return {
    name: `answers /metrics, within ${p99Limit} ms at p99`,
    holds: scrapes > 0 && unanswered === 0 && p99Milliseconds < p99Limit,
    figures: `${scrapes} scrapes, ${who}, ${unanswered} unanswered; median ${times[0]} ms, p99 ${times[1]} ms, most ${times[2]} ms; p99 of what the machine kept the asker waiting: ${machine} ms; over 100 ms in ${list(latency.lateIn) || "no fault"}`,
  };
}

/** @param {Observed} seen */
function judgeRuns({ tally: { counts } }) {
  const { begun, ended, leftOut, dropped } = counts;
  const inFlight = begun - ended - leftOut;
  return {
    name: "no run is counted twice or lost",
    holds: begun > 0 && inFlight === 0,
    figures: `${begun} turns begun = ${ended} ended + ${leftOut} left out + ${inFlight} in flight; ${dropped} more were not begun`,
  };
}

/** @param {Observed} seen */
function judgeCounters({ counters, tally, countersBefore }) {
  const said = { skips: sum(tally.skips), failures: sum(tally.reasons) };
  const { ended, neverRan } = tally.counts;
  const runsHold = counters.runs <= ended && counters.runs >= ended - neverRan;
  const othersHold = said.skips === counters.skips && said.failures === counters.failures;
  return {
    name: "its counters say what its log says",
    holds: counters.series > 0 && runsHold && othersHold,
    figures: `runs ${counters.runs} of ${ended} ends, ${neverRan} of them perhaps before a process was started; skips ${counters.skips} and ${said.skips}, failures ${counters.failures} and ${said.failures}; ${countersBefore.series} series before the storm, ${counters.series} after`,
  };
}

/** @param {Observed} seen */
function judgeLives({ watch: { worst, overdue, limits } }) {
  const { probeSeconds, holderSeconds, processes } = worst;
  const late = overdue.size === 0 ? "" : `; overdue: ${[...overdue].slice(0, 5).join(", ")}`;
  return {
    name: "no child outlives its deadline and grace",
    holds: processes > 0 && overdue.size === 0,
    figures: `the oldest probe ${probeSeconds.toFixed(1)} s of ${limits.probeSeconds} s, the oldest launcher or MPS ${holderSeconds.toFixed(1)} s of ${limits.holderSeconds} s; ${processes} at once at most${late}`,
  };
}

/** @param {Observed} seen */
function judgeZombies({ watch: { worst, limits }, leftProcesses }) {
  return {
    name: "no zombie and no process is left",
    holds: leftProcesses.length === 0 && worst.zombieSeconds < limits.zombieSeconds,
    figures: `${leftProcesses.length} left ${leftProcesses.slice(0, 5).join(", ")}; the longest not reaped for ${worst.zombieSeconds.toFixed(1)} s, while its launcher was stopped or dead`,
  };
}

/** @param {Observed} seen */
function judgeFiles({ leftFiles }) {
  return {
    name: "no file is left",
    holds: leftFiles.length === 0,
    figures: `${leftFiles.length} ${leftFiles.slice(0, 8).join(", ")}`.trim(),
  };
}

/** @param {Observed} seen */
function judgeMemory({ minutes, memoryBefore, memoryAfter, countersBefore, counters }) {
  const ratio = memoryAfter / memoryBefore;
  const [before, after] = [memoryBefore, memoryAfter].map((bytes) => (bytes / 2 ** 20).toFixed(1));
  return {
    name: "resident memory is at most 10 % above that after warm-up",
    // A heap takes minutes to grow to its size, and what a short storm adds says nothing.
    holds: memoryBefore > 0 && (ratio <= 1.1 || minutes < 5),
    figures: `${minutes < 5 ? "not judged in less than 5 minutes: " : ""}${before} MiB, then ${after} MiB (${((ratio - 1) * 100).toFixed(1)} %); used of the heap ${mebibytes(countersBefore.heapBytes)}, then ${mebibytes(counters.heapBytes)}`,
  };
}

/** @param {number} bytes */
function mebibytes(bytes) {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}

/** @param {Observed} seen */
function judgeReasons({ tally, counters }) {
  const example = tally.unknown[0] ?? "";
  return {
    name: "every failure has a reason, and none is unknown",
    holds: tally.unknown.length === 0 && counters.unknown === 0,
    figures: `${sum(tally.reasons)} failures: ${list(tally.reasons)}; ${tally.unknown.length} unknown ${example}`,
  };
}

/** @param {Observed} seen */
function judgeBugs({ tally: { bugs } }) {
  return {
    name: "its log tells of no bug",
    holds: bugs.length === 0,
    figures: `${bugs.length} ${bugs.slice(0, 3).join(" ")}`.trim(),
  };
}

/** @param {Observed} seen */
function judgeEnd({ end: { exitCode, seconds } }) {
  return {
    name: "it ends in order when it is told to",
    holds: exitCode === 0,
    figures: `exit code ${exitCode ?? "none: a signal ended it"}, after ${seconds.toFixed(1)} s`,
  };
}

/** @param {Record<string, number>} counts */
function sum(counts) {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

/** @param {Record<string, number>} counts */
export function list(counts) {
  return Object.entries(counts)
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");
}
