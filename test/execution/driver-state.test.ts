import { describe, expect, it } from "vitest";
import { driverFaultOfRun, provesDriver } from "../../src/execution/driver-state.ts";
import { failedEnd, phase, successfulEnd } from "../support/run-ends.ts";

describe("driverFaultOfRun", () => {
  it.each([
    ["no_library", "load_driver"],
    ["no_device", "init"],
    ["uvm_missing", "init"],
  ] as const)("takes %s in %s for a fault of the driver", (reason, where) => {
    const end = failedEnd({ reason, phase: where, code: "CODE" });
    expect(driverFaultOfRun(end)).toMatchObject({ reason, code: "CODE" });
  });

  it.each([
    ["oom", "context"],
    ["no_device", "context"],
    ["oom", "init"],
  ] as const)("takes %s in %s for the run's own", (reason, where) => {
    expect(driverFaultOfRun(failedEnd({ reason, phase: where }))).toBeUndefined();
  });

  it("does not blame the driver for a run that hung, crashed or was cancelled", () => {
    const end = failedEnd({ outcome: "timeout", reason: "timeout", phase: "init" });
    expect(driverFaultOfRun(end)).toBeUndefined();
  });
});

describe("provesDriver", () => {
  it("holds for a run that got past init, whatever became of it", () => {
    const { report } = successfulEnd({ phases: [phase("spawn", 0, 1), phase("init", 1, 2)] });
    expect(provesDriver(failedEnd({ report }))).toBe(true);
  });

  it("does not hold for one that did not", () => {
    const { report } = successfulEnd({ phases: [phase("spawn", 0, 1)] });
    expect(provesDriver(failedEnd({ report }))).toBe(false);
  });
});
