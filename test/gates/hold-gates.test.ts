import { describe, expect, it } from "vitest";
import { type HoldInput, refuseHold } from "../../src/gates/hold-gates.ts";
import { target } from "../config/fixtures.ts";
import { GATES, HOST_TARGET } from "./fixtures.ts";

const GIB = 2 ** 30;
const TARGET = target('name: start, kind: cold_start, schedule: "@daily"');
const NIGHT = { schedule: "0 22 * * *", durationSeconds: 8 * 3600 };
const QUIET = { reason: "quiet_hours", message: '"0 22 * * *" for 8h' };

function input(changes: Partial<HoldInput["host"]> = {}, others: Partial<HoldInput> = {}) {
  const host = {
    memoryAvailableBytes: 8 * GIB,
    memoryOf: "host",
    loadPerCpu: 1,
    ...changes,
  } as const;
  return { target: TARGET, gates: GATES, host, quietHours: undefined, ...others };
}

describe("the gates that need no look at the driver", () => {
  it("let a run go on a host that is well, out of quiet hours", () => {
    expect(refuseHold(input())).toBeUndefined();
  });

  it("stop every run in quiet hours", () => {
    expect(refuseHold(input({}, { quietHours: NIGHT }))).toEqual(QUIET);
    expect(refuseHold(input({}, { quietHours: NIGHT, target: HOST_TARGET }))).toEqual(QUIET);
  });

  it("stop a run while less memory is available than the floor, and not with exactly that", () => {
    expect(refuseHold(input({ memoryAvailableBytes: GIB / 2 }))).toEqual({
      reason: "host_load",
      message: "512 MiB available in the host, floor 1 GiB",
    });
    expect(
      refuseHold(input({ memoryAvailableBytes: GIB / 2, memoryOf: "control group" }))?.message,
    ).toBe("512 MiB available in the control group, floor 1 GiB");
    expect(refuseHold(input({ memoryAvailableBytes: GIB }))).toBeUndefined();
  });

  it("stop a run while the load is above the maximum, and not at exactly that", () => {
    expect(refuseHold(input({ loadPerCpu: 16.04 }))).toEqual({
      reason: "host_load",
      message: "load 16 for each CPU, maximum 16",
    });
    expect(refuseHold(input({ loadPerCpu: 16 }))).toBeUndefined();
  });

  it("let a run go where the host does not tell", () => {
    const host = { memoryAvailableBytes: undefined, loadPerCpu: undefined };
    expect(refuseHold(input(host))).toBeUndefined();
  });

  it("let what only looks at the host go on a host that is not well", () => {
    const host = { memoryAvailableBytes: 0, loadPerCpu: 99 };
    expect(refuseHold(input(host, { target: HOST_TARGET }))).toBeUndefined();
    expect(refuseHold(input(host))).toMatchObject({ reason: "host_load" });
  });

  it("name quiet hours first, which are as they should be", () => {
    expect(refuseHold(input({ loadPerCpu: 99 }, { quietHours: NIGHT }))).toEqual(QUIET);
  });
});
