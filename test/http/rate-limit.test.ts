import { describe, expect, it } from "vitest";
import { createRateLimiter } from "../../src/http/rate-limit.ts";

describe("a limit of rates", () => {
  it("lets in a burst, and then one an interval", () => {
    let seconds = 100;
    const clock = { monotonicSeconds: () => seconds };
    const isWithinRate = createRateLimiter({ intervalSeconds: 2, burst: 2 }, clock);
    expect([isWithinRate(), isWithinRate(), isWithinRate()]).toEqual([true, true, false]);
    seconds += 1;
    expect(isWithinRate()).toBe(false);
    seconds += 1;
    expect([isWithinRate(), isWithinRate()]).toEqual([true, false]);
    seconds += 1000;
    expect([isWithinRate(), isWithinRate(), isWithinRate()]).toEqual([true, true, false]);
  });

  it("lets in everybody when there is none", () => {
    const isWithinRate = createRateLimiter(undefined, { monotonicSeconds: () => 0 });
    expect(Array.from({ length: 1000 }, isWithinRate)).not.toContain(false);
  });
});
