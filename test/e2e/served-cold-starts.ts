import type { AppModules } from "../../src/http/app.ts";
import type { TimedDuration } from "../../src/statistics/recent-medians.ts";
import { createTestLogger, EMPTY_STATUS, makeModules, serve } from "../http/modules.ts";

type ColdStarts = ReturnType<AppModules["past"]["coldStarts"]>;

/** A page whose chart has these. */
export async function serveColdStarts(coldStarts: ColdStarts): ReturnType<typeof serve> {
  const past = { lastRuns: () => ({ runs: [], failures: [] }), coldStarts: () => coldStarts };
  return serve(makeModules(createTestLogger().logger, { past }));
}

/** A day of points up to the moment of the page: 0.2 s each, or 0.4 s where they are put off. */
export function everyMinute(offsetSeconds: number): readonly TimedDuration[] {
  return Array.from({ length: 1440 }, (_, index) => ({
    atSeconds: EMPTY_STATUS.atSeconds - 86_400 + index * 60 + offsetSeconds,
    durationSeconds: offsetSeconds === 0 ? 0.2 : 0.4,
  }));
}
