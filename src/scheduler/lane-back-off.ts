import type { RunRecord } from "../history/record.ts";
import { backOffSeconds } from "./back-off.ts";

/** The first pause of the lane is twice as long. */
const GAP_SECONDS = 60;

/** Whether what hangs is the driver of the whole host rather than one device. */
export interface LaneBackOff {
  /** Takes a run that has ended; seconds for which nothing should run at all, or undefined. */
  readonly note: (record: RunRecord) => number | undefined;
  readonly forget: () => void;
}

interface Place {
  readonly gpuUuid: string | undefined;
}

/**
 * After a run that hangs its device is left alone, and the others go on. When the next run elsewhere takes too long as well, every further
 * one may be one more process that no signal reaches: then all wait, and one is tried now and then. What runs for the whole host is
 * elsewhere, too.
 */
export function createLaneBackOff(): LaneBackOff {
  let hungOn: Place | undefined;
  let pauses = 0;
  const forget = (): void => {
    hungOn = undefined;
    pauses = 0;
  };
  return {
    note: (record) => {
      if (record.type === "skip") return undefined;
      const { outcome } = record.end;
      const gpuUuid = record.target.device?.gpuUuid;
      const isElsewhere = hungOn !== undefined && hungOn.gpuUuid !== gpuUuid;
      if (outcome === "hung") hungOn = { gpuUuid };
      if (!isElsewhere && pauses === 0) return undefined;
      if (outcome === "timeout" || outcome === "hung") {
        pauses += 1;
        return backOffSeconds(pauses + 1, GAP_SECONDS);
      }
      if (outcome === "success") forget();
      return undefined;
    },
    forget,
  };
}
