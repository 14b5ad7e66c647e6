// @ts-check
// Looks at the daemon's processes twice a second, and keeps what was worst.
import { TIMEOUT_SECONDS } from "./config.js";
import { ownProcesses } from "./processes.js";

const PERIOD = 500;

/** The grace, the wait after SIGKILL, and what a busy machine adds. */
const PROBE_SECONDS = TIMEOUT_SECONDS + 10 + 5 + 2;

/** A run under MPS, or of several starts, is some of those in turn, and what holds the lane for it ends after it. */
const HOLDER_SECONDS = 3 * PROBE_SECONDS + 10;
const HOLDERS = /^(launcher|sleep|nvidia-cuda-mps-.*)$/;

/** Reaping takes a turn of somebody's loop. */
const ZOMBIE_SECONDS = HOLDER_SECONDS;

const LIMITS = {
  probeSeconds: PROBE_SECONDS,
  holderSeconds: HOLDER_SECONDS,
  zombieSeconds: ZOMBIE_SECONDS,
};

/** @typedef {ReturnType<typeof watchProcesses>} Watch */

/** @param {number} daemon */
export function watchProcesses(daemon) {
  const worst = { probeSeconds: 0, holderSeconds: 0, zombieSeconds: 0, processes: 0 };
  /** @type {Set<string>} */
  const overdue = new Set();
  /** @type {Map<string, number>} */
  const zombies = new Map();
  const secondsAtWork = createWorkClock();

  /** @param {import("./processes.js").Found} found */
  const judge = (found) => {
    const { state, program, key, pid } = found;
    if (state === "Z") {
      const since = zombies.get(key) ?? performance.now();
      zombies.set(key, since);
      worst.zombieSeconds = Math.max(worst.zombieSeconds, (performance.now() - since) / 1000);
      return;
    }
    const seconds = secondsAtWork(found);
    const isHolder = HOLDERS.test(program);
    const name = isHolder ? "holderSeconds" : "probeSeconds";
    worst[name] = Math.max(worst[name], seconds);
    if (seconds > (isHolder ? HOLDER_SECONDS : PROBE_SECONDS)) {
      overdue.add(`${program} (${pid}, state ${state})`);
    }
  };

  const timer = setInterval(() => {
    const all = ownProcesses(daemon);
    worst.processes = Math.max(worst.processes, all.length);
    for (const found of all) judge(found);
  }, PERIOD);
  return {
    worst,
    overdue,
    limits: LIMITS,
    stop: () => clearInterval(timer),
  };
}

/** How long a process has been at work, which for a launcher that was started ahead begins when it is called. */
function createWorkClock() {
  /** @type {Map<string, number>} */
  const lastAhead = new Map();
  return (/** @type {import("./processes.js").Found} */ { key, ageSeconds, isAhead }) => {
    const now = performance.now();
    if (isAhead) lastAhead.set(key, now);
    const since = lastAhead.get(key);
    return since === undefined ? ageSeconds : (now - since) / 1000;
  };
}
