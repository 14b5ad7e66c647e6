// @ts-check
// What the daemon says in its log of the runs that it makes, counted.

const ENDS = new Set(["run succeeded", "run failed", "run left out by its probe"]);

/** What a turn is not begun for: the one before it of the same target is there still. */
const DROPPED = /^the run before it /;

/** What may come before the launcher has told of a process, and has no phase then: an end, and no run. */
const BEFORE_ANY_PROCESS = new Set([
  "mps_unavailable",
  "not_started",
  "launcher_lost",
  "timeout",
  "hung",
  "crashed",
]);

/** @typedef {{ level?: string, msg?: string, probe?: string, outcome?: string, reason?: string, phase?: string, why?: string }} LogLine */

function makeCounts() {
  return {
    counts: { begun: 0, ended: 0, neverRan: 0, leftOut: 0, dropped: 0 },
    outcomes: /** @type {Record<string, number>} */ ({}),
    reasons: /** @type {Record<string, number>} */ ({}),
    skips: /** @type {Record<string, number>} */ ({}),
    bugs: /** @type {string[]} */ ([]),
    unknown: /** @type {string[]} */ ([]),
  };
}

/** Counts lines of the log as they come. */
export function createTally() {
  const all = makeCounts();
  return {
    ...all,
    /** @param {string} text A line of JSON; whatever else stands there is one too many. */
    add: (text) => {
      const line = parse(text);
      if (line === undefined || isBug(line)) all.bugs.push(text);
      if (line === undefined) return;
      if (line.msg === "turn begins") all.counts.begun += 1;
      else if (line.msg === "run left out") countSkip(line, all);
      else if (ENDS.has(line.msg ?? "")) countEnd(line, all);
      if (line.reason === "unknown" || line.reason === "") all.unknown.push(text);
    },
  };
}

/** @param {LogLine} line @param {ReturnType<typeof makeCounts>} all */
function countSkip({ reason = "", why = "" }, { skips, counts }) {
  add(skips, reason);
  if (DROPPED.test(why)) counts.dropped += 1;
  else counts.leftOut += 1;
}

/** @param {LogLine} line @param {ReturnType<typeof makeCounts>} all */
function countEnd({ msg = "", outcome = "success", reason = "", phase }, all) {
  const { counts, outcomes, skips, reasons } = all;
  counts.ended += 1;
  if (phase === undefined && BEFORE_ANY_PROCESS.has(reason)) counts.neverRan += 1;
  add(outcomes, outcome);
  if (msg === "run left out by its probe") add(skips, reason);
  if (msg === "run failed") add(reasons, reason);
}

/** @param {Record<string, number>} counts @param {string} name */
function add(counts, name) {
  counts[name] = (counts[name] ?? 0) + 1;
}

/** @param {string} text @returns {LogLine | undefined} */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @param {LogLine} line */
function isBug({ level, msg = "" }) {
  return level === "fatal" || /which is a bug|nhandled/.test(msg);
}
