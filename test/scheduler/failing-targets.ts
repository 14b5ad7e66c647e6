import type { EndedRun } from "../../src/history/record.ts";
import type { Outcome } from "../../src/protocol/outcomes.ts";
import { device, target } from "../config/fixtures.ts";
import { failedEnd } from "../support/run-ends.ts";
import { EPOCH_SECONDS } from "./driven-time.ts";
import { createRig, type Rig } from "./rig.ts";

/** The ticks of such a schedule come when a test says so, the first one in a thousand seconds. */
export const MINUTELY = "* * * * *";
export const A = target(`name: a, kind: cold_start, schedule: "${MINUTELY}", jitter: 0s`);
export const B = target(`name: b, kind: cold_start, schedule: "${MINUTELY}", jitter: 0s`);
export const ON_B = target(
  `name: a, kind: cold_start, schedule: "${MINUTELY}", jitter: 0s`,
  device(1, "GPU-b"),
);
export const HOST = target(`name: census, kind: census, schedule: "${MINUTELY}"`);

/** A run that ended so. */
export function ended(of: typeof A, outcome: Outcome): EndedRun {
  return {
    type: "run",
    target: of,
    atSeconds: 0,
    end: failedEnd({ outcome }),
    circumstances: {
      otherProcesses: 0,
      utilizationRatio: 0,
      cacheMiss: false,
      laneWaitSeconds: 0,
    },
  };
}

/** A rig whose targets have had their first runs. */
export async function begin(targets: readonly (typeof A)[]): Promise<Rig> {
  const rig = createRig();
  rig.scheduler.replace(targets);
  await rig.advance(3);
  for (const { id } of targets) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await rig.end(id);
  }
  return rig;
}

/** When a target is due next, in seconds from the rig's beginning. */
export function nextIn({ scheduler }: Rig, id: string): number {
  return (scheduler.nextAtSeconds(id) ?? 0) - EPOCH_SECONDS;
}
