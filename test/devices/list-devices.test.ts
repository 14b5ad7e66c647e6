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
  const lister = createDeviceLister(options, { clock, runner });
  return { lister, clock, starts: () => starts };
}

describe("a listing that hangs", () => {
  it("is the only one until its process is gone", async () => {
    const gone = createDeferred<undefined>();
    const hung = { ...failedEnd({ outcome: "hung", reason: "hung" }), gone: gone.promise };
    const { lister, clock, starts } = listing((start) =>
      start === 1 ? hung : failedEnd({ outcome: "timeout", reason: "timeout" }),
    );
    const fault = { reason: "hung" };
    expect(await lister("attach")).toMatchObject({ value: { fault, atSeconds: 1000 } });
    clock.advance(15);
    expect(await lister("attach")).toMatchObject({ value: { fault, atSeconds: 1015 } });
    expect(starts()).toBe(1);
    gone.resolve(undefined);
    await gone.promise;
    expect(await lister("attach")).toMatchObject({ value: { fault: { reason: "timeout" } } });
    expect(starts()).toBe(2);
  });

  it("is none that was too slow and then ended: it is made again", async () => {
    const { lister, starts } = listing(() => failedEnd({ outcome: "timeout", reason: "timeout" }));
    await lister("attach");
    await lister("attach");
    expect(starts()).toBe(2);
  });
});
