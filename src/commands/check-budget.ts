import { formatPercent } from "../base/units.ts";
import { expectedContextSeconds } from "../budget/resources.ts";
import type { Config, Target } from "../config/config.ts";
import { intervalSeconds } from "../scheduler/schedule.ts";

/**
 * How much of the time runs are expected to hold a context on each GPU, against what they may. What is expected is how long a run holds the
 * lane, which is more.
 */
export function describeBudget(targets: readonly Target[], limits: Config["limits"]): string {
  const shares = new Map<number, number>();
  for (const target of targets) {
    if (target.device === undefined) continue;
    const { gpu } = target.device;
    const share = expectedContextSeconds(target) / intervalSeconds(target.probe.schedule);
    shares.set(gpu, (shares.get(gpu) ?? 0) + share);
  }
  return [...shares].map(([gpu, share]) => describeShare(gpu, share, limits)).join("");
}

function describeShare(gpu: number, share: number, { dutyCycle }: Config["limits"]): string {
  const what = `a context on GPU ${String(gpu)} for at most ${formatPercent(share)} of the time, of ${formatPercent(dutyCycle)} that limits.duty_cycle lets them`;
  return share > dutyCycle
    ? `warning: runs are expected to hold ${what}: some will be left out (budget)\n`
    : `runs are expected to hold ${what}\n`;
}
