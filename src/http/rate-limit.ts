import type { Clock } from "../base/clock.ts";
import type { RateLimit } from "../config/web-config.ts";

/** Says whether one more request may be answered, and counts it if so. Without a limit always. */
export function createRateLimiter(
  limit: RateLimit | undefined,
  clock: Pick<Clock, "monotonicSeconds">,
): () => boolean {
  if (limit === undefined) return () => true;
  const { burst, intervalSeconds } = limit;
  let tokens = burst;
  let atSeconds = clock.monotonicSeconds();
  return () => {
    const now = clock.monotonicSeconds();
    tokens = Math.min(burst, tokens + (now - atSeconds) / intervalSeconds);
    atSeconds = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
