const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MIB = 2 ** 20;

/**
 * Everything about the rules that a site may want to change: what they select, from where on they
 * warn, over how long they look, and how long that has to last. Durations are seconds.
 */
export const SETTINGS = {
  /** Matchers for every series of cudaprobe, such as `cluster="a"`; for most sites none. */
  selector: "",
  /** Which targets of Prometheus are cudaprobe's; an operator puts its namespace in front. */
  targets: 'job=~"(.+/)?cudaprobe"',
  /** The page with a section for every alert. */
  runbookUrl: "https://github.com/cudaprobe/cudaprobe/blob/main/docs/runbook.md",
  /** All durations are multiplied by it; a test that waits for an alert makes it small. */
  scale: 1,
  evaluation: { every: MINUTE, pastEvery: 3 * MINUTE },
  windows: {
    fast: HOUR,
    slow: 6 * HOUR,
    /** What is compared with. It ends where the slow window begins. */
    past: 7 * DAY,
    /** The past is a value an hour, and is no past with fewer of them than that. */
    pastStep: HOUR,
    pastMinimumSteps: 12,
  },
  coldStart: {
    slow: { ratio: 1.15, for: HOUR },
    fast: { ratio: 1.4, for: 30 * MINUTE },
    driverChange: { ratio: 1.1, for: HOUR, within: DAY },
    baseline: { ratio: 1.15, for: HOUR },
    /** By so much at least, however short a start is. */
    minimumSeconds: 0.005,
  },
  /** So much of the cold starts of a runtime, one at a time, succeed within a time that is an edge of their buckets. */
  slo: {
    runtime: "driver",
    targetSeconds: 1,
    objective: 0.95,
    minimumRuns: 6,
    /** Of the fast pair so many in the long window will do as well. */
    minimumRunsInLong: 18,
    for: 10 * MINUTE,
    fast: { burn: 6, long: 6 * HOUR, short: 30 * MINUTE },
    slow: { burn: 3, long: DAY, short: 2 * HOUR },
  },
  runs: {
    failing: { for: 15 * MINUTE },
    stale: { intervals: 3, for: 15 * MINUTE, skippedWithin: HOUR },
    skipped: {
      within: 6 * HOUR,
      minimum: 3,
      for: 30 * MINUTE,
      /** Skips that somebody asked for. */
      wanted: ["paused", "quiet_hours"],
    },
  },
  gpu: {
    missing: { for: 5 * MINUTE, seenWithin: DAY },
    memoryAlmostFull: { freeRatio: 0.05, for: 15 * MINUTE },
    unattributedMemory: { bytes: 1024 * MIB, for: 15 * MINUTE },
    /** Growth in each of three parts of the window, so that a load or two are none. */
    memoryLeak: { bytesAPart: 128 * MIB, part: 2 * HOUR, smooth: 15 * MINUTE, for: 30 * MINUTE },
  },
  /**
   * N starts at once take alone + each × N times as long as one where they go through the driver's lock
   * one after the other, as on an H100; from so many times that on, something else holds them up.
   */
  serialization: {
    alone: 0.36,
    each: 0.64,
    ratio: 1.5,
    /** The numbers of starts at once that are watched. */
    counts: [2, 4, 8, 16, 32, 64],
    window: 6 * HOUR,
    for: HOUR,
  },
  ipc: { ratio: 1.3, for: HOUR, minimumSeconds: 0.000_02 },
  daemon: {
    down: { for: 5 * MINUTE },
    driverDown: { for: 5 * MINUTE },
    emulated: { for: 5 * MINUTE },
    reloadFailed: { for: 5 * MINUTE },
  },
};

export type Settings = Readonly<typeof SETTINGS>;
