import type { Clock } from "../base/clock.ts";
import type { Lane } from "../lane/lane.ts";
import type { Facts } from "./facts.ts";

/** While a driver answers, runs bring fresh listings with them; on a host with few runs one is made after so many looks. */
const LOOKS_WHILE_UP = 4;

export interface DriverWatchModules {
  readonly clock: Clock;
  readonly lane: Lane;
  readonly facts: Facts;
  readonly signal: AbortSignal;
  /** Whether nothing may be started now. */
  readonly isPaused: () => Promise<boolean>;
  /** Gets what should never happen: a look that rejects. */
  readonly onBug: (error: unknown) => void;
}

/**
 * Looks at the host again and again, so that a driver that comes back is noticed without a restart. `refreshSeconds` is asked before each
 * wait, since a reload may change it.
 */
export function watchDriver(refreshSeconds: () => number, modules: DriverWatchModules): void {
  const { clock, facts, signal } = modules;
  const wait = (): void => {
    const cancel = clock.after(refreshSeconds(), () => {
      signal.removeEventListener("abort", cancel);
      void lookAndWait();
    });
    signal.addEventListener("abort", cancel, { once: true });
  };
  const lookAndWait = async (): Promise<void> => {
    // Asked at each turn, so that a pause is noticed although nothing is due.
    const isPaused = await modules.isPaused();
    if (!isPaused && isDue(facts, refreshSeconds() * LOOKS_WHILE_UP, clock)) {
      await lookUnlessPaused(modules).catch((error: unknown) => {
        if (!signal.aborted) modules.onBug(error);
      });
    }
    if (!signal.aborted) wait();
  };
  wait();
}

/** One look in the lane, or none, not even the one that was begun, in a pause that has begun by the time the lane is free. */
export async function lookUnlessPaused(
  modules: Pick<DriverWatchModules, "lane" | "facts" | "signal" | "isPaused">,
): Promise<void> {
  const { lane, facts, signal, isPaused } = modules;
  const leave = await lane.enter({ signal });
  try {
    if (await isPaused()) facts.drop();
    else await facts.refresh(signal);
  } finally {
    leave();
  }
}

/** One look in the lane. */
export async function look({
  lane,
  facts,
  signal,
}: Pick<DriverWatchModules, "lane" | "facts" | "signal">): ReturnType<Facts["refresh"]> {
  const leave = await lane.enter({ signal });
  return facts.refresh(signal).finally(leave);
}

function isDue(facts: Facts, maxAgeSeconds: number, clock: Clock): boolean {
  const latest = facts.latest();
  if (latest === undefined || latest.fault !== undefined || latest.lost.length > 0) return true;
  return clock.monotonicSeconds() - latest.atSeconds >= maxAgeSeconds;
}
