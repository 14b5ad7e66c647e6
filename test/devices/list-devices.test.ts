import { describe, expect, it } from "vitest";
import { createDeferred } from "../../src/base/deferred.ts";
import { createDeviceLister } from "../../src/devices/list-devices.ts";
import type { RunEnd } from "../../src/runner/run.ts";
import { failedEnd } from "../support/run-ends.ts";
import { createClock } from "../support/still-clock.ts";

/** A lister whose probe ends as it is told to, and how often it was started. */
function listing(ends: (start: number) => RunEnd) {
  let starts = 0;
  const clock = createClock();
  const options = {
    program: "devices",
    env: {},
    libcuda: undefined,
    libnvidiaMl: undefined,
    timeoutSeconds: 30,
  };
  const runner = async (): Promise<RunEnd> => ends((starts += 1));
  const { list, hangs } = createDeviceLister(options, { clock, runner });
  return { list, hangs, clock, starts: () => starts };
}

describe("a listing that hangs", () => {
  it("is the only one until its process is gone", async () => {
    const gone = createDeferred<undefined>();
    const hung = { ...failedEnd({ outcome: "hung", reason: "hung" }), gone: gone.promise };
    const { list, hangs, clock, starts } = listing((start) =>
      start === 1 ? hung : failedEnd({ outcome: "timeout", reason: "timeout" }),
    );
    const fault = { reason: "hung" };
    expect(await list("attach")).toMatchObject({ value: { fault, atSeconds: 1000 } });
    clock.advance(15);
    expect(await list("attach")).toMatchObject({ value: { fault, atSeconds: 1015 } });
    expect([starts(), hangs()]).toEqual([1, true]);
    gone.resolve(undefined);
    await gone.promise;
    expect(hangs()).toBe(false);
    expect(await list("attach")).toMatchObject({ value: { fault: { reason: "timeout" } } });
    expect(starts()).toBe(2);
  });

  it("is none that was too slow and then ended: it is made again", async () => {
    const { list, hangs, starts } = listing(() =>
      failedEnd({ outcome: "timeout", reason: "timeout" }),
    );
    await list("attach");
    expect(hangs()).toBe(false);
    await list("attach");
    expect(starts()).toBe(2);
  });
});
