import * as z from "zod";
import { duration } from "../probes/quantities.ts";

/** A window that comes again and again: it opens at each tick of a cron expression, and stays open so long. */
export interface QuietHours {
  readonly schedule: string;
  readonly durationSeconds: number;
}

const DESCRIPTION =
  "Windows in which no run is started (`quiet_hours`): a list of `{ schedule, duration }`. Each opens at every tick of its `schedule`, written as those of probes are, and stays open for its `duration` (1m to 7d), by the clock on the host's wall.";

/** The schema of such windows; `schedule` is that of a cron expression. */
export function quietHoursSchema(
  schedule: z.ZodType<string>,
): z.ZodPrefault<z.ZodType<QuietHours[], unknown[]>> {
  const shape = {
    schedule,
    duration: duration({ minimum: "1m", maximum: "7d" }).describe("How long it stays open."),
  };
  return z
    .array(
      z.strictObject(shape).transform((window) => ({
        schedule: window.schedule,
        durationSeconds: window.duration,
      })),
    )
    .prefault([])
    .describe(DESCRIPTION);
}
