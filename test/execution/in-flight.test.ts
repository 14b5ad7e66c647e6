import { describe, expect, it } from "vitest";
import { createInFlight } from "../../src/execution/in-flight.ts";
import { createDeferred } from "../../src/base/deferred.ts";
import type { EndedRun } from "../../src/history/record.ts";
import { failedEnd } from "../support/run-ends.ts";
import { makeTarget } from "../metrics/records.ts";

function hung(gone: Promise<void>, peerGpuUuids: readonly string[] = []): EndedRun {
  const device = { gpu: 0, gpuUuid: "GPU-a", migUuid: "", name: "" };
  return {
    type: "run",
    target: { ...makeTarget(0), device },
    atSeconds: 0,
    end: failedEnd({ outcome: "hung", gone }),
    circumstances: {
      otherProcesses: 0,
      utilizationRatio: 0,
      cacheMiss: false,
      laneWaitSeconds: 0,
      peerGpuUuids,
    },
  };
}

describe("a run with a process that would not die", () => {
  it("keeps its GPU until the process is gone, and no other", async () => {
    const inFlight = createInFlight();
    const gone = createDeferred<void>();
    inFlight.watch(hung(gone.promise));
    expect(["GPU-a", "GPU-b"].map(inFlight.has)).toEqual([true, false]);
    gone.resolve();
    await gone.promise;
    expect(inFlight.has("GPU-a")).toBe(false);
  });

  it("keeps the other GPUs that it was on as well", () => {
    const inFlight = createInFlight();
    inFlight.watch(hung(new Promise(() => undefined), ["GPU-b"]));
    expect(["GPU-a", "GPU-b", "GPU-c"].map(inFlight.has)).toEqual([true, true, false]);
  });
});
