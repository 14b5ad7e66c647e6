import { describe, expect, it } from "vitest";
import {
  cpuSeconds,
  gpuSeconds,
  runSeconds,
  startedProcess,
  transferredBytes,
} from "../../src/history/run-costs.ts";
import type { InstanceReport } from "../../src/protocol/report.ts";
import { createClock } from "../support/still-clock.ts";
import { makeEnd, makeInstance } from "../metrics/records.ts";

const clock = createClock();

function endWith(...instances: readonly InstanceReport[]): ReturnType<typeof makeEnd> {
  return makeEnd(clock, { report: { instances } });
}

describe("the costs of a run", () => {
  it("last from spawned to reaped, of which a context is open from its begin on", () => {
    const end = endWith(makeInstance(1000));
    expect(runSeconds(end)).toBeCloseTo(0.1905, 6);
    expect(gpuSeconds(end)).toBeCloseTo(0.1905 - 0.112, 6);
    expect(cpuSeconds(end)).toBe(0.125);
    expect(transferredBytes(end)).toBe(2 ** 21);
  });

  it("add up contexts and processor time of instances, but not the time they ran beside each other", () => {
    const end = endWith(makeInstance(1000), { ...makeInstance(1000.1), instance: 1 });
    expect(runSeconds(end)).toBeCloseTo(0.2905, 6);
    expect(gpuSeconds(end)).toBeCloseTo(2 * (0.1905 - 0.112), 6);
    expect(cpuSeconds(end)).toBe(0.25);
    expect(transferredBytes(end)).toBe(2 ** 22);
  });

  it("count an instance that was never reaped until the run was given up", () => {
    const { reaped, ...instance } = makeInstance(1000);
    expect(reaped).toBeDefined();
    const end = makeEnd(clock, {
      outcome: "hung",
      report: { instances: [instance] },
      endedAtSeconds: 1040,
    });
    expect(runSeconds(end)).toBe(40);
    expect(gpuSeconds(end)).toBeCloseTo(40 - 0.112, 6);
    expect(cpuSeconds(end)).toBe(0);
  });

  it("take a context that was still being made from the end of the phase before it", () => {
    const end = endWith({
      ...makeInstance(1000, 3),
      openPhase: "context",
      reaped: {
        atSeconds: 1030,
        signal: 9,
        cpuSeconds: 1,
        majorFaults: 0,
        maxRssBytes: 0,
      },
    });
    expect(gpuSeconds(end)).toBeCloseTo(30 - 0.112, 6);
  });

  it("take the word of a probe that has others hold contexts", () => {
    const said = [{ name: "gpu_seconds", value: 7.5, labels: {} }];
    expect(gpuSeconds(endWith({ ...makeInstance(1000), samples: said }))).toBe(7.5);
  });

  it("hold no context when the run never came to it", () => {
    expect(gpuSeconds(endWith({ ...makeInstance(1000, 2), openPhase: "init" }))).toBe(0);
  });

  it("move nothing when the run did not succeed", () => {
    const failure = { outcome: "failure", report: { instances: [makeInstance(1000)] } } as const;
    expect(transferredBytes(makeEnd(clock, failure))).toBe(0);
  });

  it("are nothing when no process was started", () => {
    const end = makeEnd(clock, { outcome: "not_started", report: { instances: [] } });
    expect([startedProcess(end), runSeconds(end), cpuSeconds(end), gpuSeconds(end)]).toEqual([
      false,
      0,
      0,
      0,
    ]);
    expect(startedProcess(endWith(makeInstance(1000)))).toBe(true);
  });

  it("tell of a process also where the launcher's word of it was lost in what the probe wrote", () => {
    const end = makeEnd(clock, { outcome: "bad_output", report: { instances: [] } });
    expect([startedProcess(end), runSeconds(end)]).toEqual([true, 0]);
  });
});
