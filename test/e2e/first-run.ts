import { hostname } from "node:os";
import { offsetSeconds } from "../../src/scheduler/offset.ts";
import { gpuUuids } from "../support/emulated-gpus.ts";

/** Over how long the first runs of a daemon are spread (src/scheduler/timetable.ts). */
const SPREAD_SECONDS = 3;

/** A schedule that no test comes to see a tick of: what runs is the run soon after the start. */
export const ONCE = "0 0 1 1 *";

/** A name for a probe whose first run on the emulator's first GPU is long enough after the start to look at what was before it. */
export async function nameOfLateProbe(): Promise<string> {
  const [uuid = ""] = await gpuUuids();
  const names = Array.from({ length: 100 }, (_, index) => `late_${index}`);
  const late = names.find((probe) => {
    const jitterSeconds = SPREAD_SECONDS;
    return offsetSeconds({ hostname: hostname(), probe, uuid, jitterSeconds }) > 2.5;
  });
  if (late === undefined) throw new Error("no name is late");
  return late;
}
