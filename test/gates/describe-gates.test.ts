import { describe, expect, it } from "vitest";
import type { Device } from "../../src/devices/device.ts";
import { describeDeviceGates, describeHostGates } from "../../src/gates/describe-gates.ts";
import {
  BANDWIDTH_TARGET,
  DEMANDING_TARGET,
  GATES,
  GPU,
  HOST_TARGET,
  input,
  listing,
} from "./fixtures.ts";

const GIB = 2 ** 30;
const NIGHT = { schedule: "0 22 * * *", durationSeconds: 8 * 3600 };
const HOST = { memoryAvailableBytes: 8 * GIB, memoryOf: "host", loadPerCpu: 0.5 } as const;
const TARGETS = [
  DEMANDING_TARGET,
  { ...BANDWIDTH_TARGET, probe: { ...BANDWIDTH_TARGET.probe, name: "rate" } },
];

function rows(changes: Partial<Device>): readonly (readonly string[])[] {
  const device = { ...GPU, ...changes };
  const views = describeDeviceGates(device, TARGETS, (target) =>
    input({ target, listing: listing({ devices: [device] }) }),
  );
  return views.map(({ gate, now, limit, stops }) => [gate, now, limit, stops]);
}

/** The row of the link, on a GPU that is so busy. */
function link(
  changes: Partial<Device["pcieLink"]>,
  utilizationRatio: number,
): readonly string[] | undefined {
  return rows({ pcieLink: { ...GPU.pcieLink, ...changes }, utilizationRatio }).at(-1);
}

describe("the gates of a device, described", () => {
  it("are each there with its value and its limit, and hold nothing back on a GPU that is well", () => {
    expect(rows({})).toEqual([
      ["recovery", "none", "none", "no"],
      ["memory repair", "none", "none", "no"],
      ["MIG", "disabled", "disabled, no change pending", "no"],
      ["compute mode", "default", "default", "no"],
      ["free memory", "79 GiB", "1 GiB, 1.19 GiB", "no"],
      ["utilization", "0 %", "90 %", "no"],
      ["PCIe link", "generation 5 x16", "generation 5 x16", "no"],
    ]);
  });

  it.each<readonly [Partial<Device>, readonly string[]]>([
    [{ recoveryAction: 2 }, ["recovery", "node reboot", "none", "all"]],
    [{ pageRepairPending: true }, ["memory repair", "pending", "none", "all"]],
    [{ pageRepairFailed: true }, ["memory repair", "failed", "none", "all"]],
    [
      { migChangePending: true },
      ["MIG", "disabled, change pending", "disabled, no change pending", "all"],
    ],
    [{ computeMode: "prohibited" }, ["compute mode", "prohibited", "default", "all"]],
    [{ utilizationRatio: 0.95 }, ["utilization", "95 %", "90 %", "rate"]],
    [{ memoryFreeBytes: 1.1 * GIB }, ["free memory", "1.1 GiB", "1 GiB, 1.19 GiB", "start"]],
    [{ recoveryAction: undefined }, ["recovery", "not told", "none", "no"]],
    [{ memoryFreeBytes: undefined }, ["free memory", "not told", "1 GiB, 1.19 GiB", "no"]],
  ])("say of a GPU with %j what is held back", (changes, row) => {
    expect(rows(changes)).toContainEqual(row);
  });

  it("warn of a link without some of its lanes, and of a slower one only while the GPU is busy", () => {
    expect(link({ width: 8 }, 0)?.at(-1)).toMatch(/^no, but down-trained/);
    expect(link({ generation: 1 }, 0.5)?.at(-1)).toMatch(/^no, but down-trained/);
    expect(link({ generation: 1 }, 0)).toEqual([
      "PCIe link",
      "generation 1 x16",
      "generation 5 x16",
      "no",
    ]);
  });
});

describe("the gates of the host, described", () => {
  const targets = [...TARGETS, HOST_TARGET];

  it("are each there, and hold nothing back on a host that is well", () => {
    const gates = { ...GATES, quietHours: [NIGHT] };
    expect(describeHostGates({ gates, host: HOST, quietHours: undefined }, targets)).toEqual([
      { gate: "quiet hours", now: "none", limit: '"0 22 * * *" for 8h', stops: "no" },
      { gate: "memory of the host", now: "8 GiB", limit: "1 GiB available", stops: "no" },
      { gate: "load of the host", now: "0.5", limit: "16 for each CPU", stops: "no" },
    ]);
  });

  it("say what is held back", () => {
    const host = { ...HOST, memoryAvailableBytes: 0, loadPerCpu: undefined };
    const views = describeHostGates({ gates: GATES, host, quietHours: NIGHT }, targets);
    expect(views).toMatchObject([
      { now: '"0 22 * * *"', stops: "all" },
      { now: "0 B", stops: "start, rate" },
      { now: "not told", stops: "no" },
    ]);
  });
});
