import { describe, expect, it } from "vitest";
import type { Device } from "../../src/devices/device.ts";
import { decideGo } from "../../src/gates/decide-go.ts";
import { device, target } from "../config/fixtures.ts";
import {
  BANDWIDTH_TARGET,
  DEMANDING_TARGET,
  input,
  listing,
  MPS_TARGET,
  PAIR_TARGET,
  withDevice,
} from "./fixtures.ts";

const GIB = 2 ** 30;

describe("the gates of a device", () => {
  it.each<readonly [Partial<Device>, string, string]>([
    [{ recoveryAction: 1 }, "reset_required", "the driver asks for recovery: GPU reset"],
    [{ recoveryAction: 42 }, "reset_required", "the driver asks for recovery: action 42"],
    [{ pageRepairPending: true }, "ecc", "a repair of memory pages is pending"],
    [{ pageRepairFailed: true }, "ecc", "a repair of memory rows has failed"],
    [{ migChangePending: true }, "mig_change", "a change of MIG mode is pending"],
    [{ migMode: "enabled" }, "not_supported", "MIG mode is enabled on this GPU"],
    [{ computeMode: "prohibited" }, "compute_mode", "the compute mode is prohibited"],
    [{ computeMode: "exclusive_process" }, "compute_mode", "the compute mode is exclusive_process"],
    [{ computeMode: "exclusive_thread" }, "compute_mode", "the compute mode is exclusive_thread"],
    [{ memoryFreeBytes: 2 ** 28 }, "memory_floor", "256 MiB free, floor 1 GiB"],
  ])("stop a run on a GPU with %j", (changes, reason, message) => {
    expect(decideGo(withDevice(changes))).toEqual({ go: false, reason, message });
  });

  it.each([
    [{ computeMode: "exclusive_process" }, true],
    [{ computeMode: "exclusive_process", processes: undefined }, true],
    [{ computeMode: "exclusive_process", processes: 1 }, false],
    [{ computeMode: "exclusive_thread" }, false],
    [{ computeMode: "prohibited" }, false],
    [{ computeMode: "default", processes: 1 }, true],
  ] as const)("under MPS let a run go with %j: %s", (changes, go) => {
    const decision = decideGo(withDevice(changes, { target: MPS_TARGET }));
    expect(decision).toMatchObject(go ? { go } : { go, reason: "compute_mode" });
  });

  it("let a run go on a MIG instance, whose GPU is cut by its nature", () => {
    const slice = { ...device(0, "GPU-a", "MIG-b"), migMode: "enabled" } as const;
    const onSlice = target('name: start, kind: cold_start, schedule: "@daily"', slice);
    const decision = decideGo(input({ target: onSlice, listing: listing({ devices: [slice] }) }));
    expect(decision).toEqual({ go: true });
  });

  it("let a run go where NVML tells nothing", () => {
    const unknown = {
      recoveryAction: undefined,
      pageRepairPending: undefined,
      pageRepairFailed: undefined,
      migChangePending: undefined,
      computeMode: "unknown",
      memoryFreeBytes: undefined,
      utilizationRatio: undefined,
    } as const;
    expect(decideGo(withDevice(unknown, { target: BANDWIDTH_TARGET }))).toEqual({ go: true });
  });

  it("let a run go on a link that is down-trained, which is a warning", () => {
    const pcieLink = { generation: 1, width: 4, maxGeneration: 5, maxWidth: 16 };
    expect(decideGo(withDevice({ pcieLink, utilizationRatio: 0.5 }))).toEqual({ go: true });
  });

  it("let a run go with exactly the least free memory", () => {
    expect(decideGo(withDevice({ memoryFreeBytes: GIB }))).toEqual({ go: true });
  });

  it("want twice the last footprint where that is more than the floor", () => {
    const lastFootprintBytes = 0.75 * GIB;
    expect(decideGo(withDevice({ memoryFreeBytes: 1.25 * GIB }, { lastFootprintBytes }))).toEqual({
      go: false,
      reason: "memory_floor",
      message: "1.25 GiB free, floor 1.5 GiB",
    });
    expect(decideGo(withDevice({ memoryFreeBytes: 1.5 * GIB }, { lastFootprintBytes }))).toEqual({
      go: true,
    });
  });

  it("keep the floor where twice the last footprint is less", () => {
    const lastFootprintBytes = 0.1 * GIB;
    expect(
      decideGo(withDevice({ memoryFreeBytes: 0.5 * GIB }, { lastFootprintBytes })),
    ).toMatchObject({ reason: "memory_floor" });
  });

  it("want as much for each of the contexts that a run has at the same time", () => {
    const others = { target: PAIR_TARGET, lastFootprintBytes: 0.5 * GIB };
    expect(decideGo(withDevice({ memoryFreeBytes: 1.9 * GIB }, others))).toMatchObject({
      message: "1.9 GiB free, floor 2 GiB",
    });
    expect(decideGo(withDevice({ memoryFreeBytes: 2 * GIB }, others))).toEqual({ go: true });
  });

  it("want what each context is known to take, where no footprint says that it is more", () => {
    const { probe } = PAIR_TARGET;
    const measurement = { ...probe.measurement, contextBytes: 0.75 * GIB };
    const others = { target: { ...PAIR_TARGET, probe: { ...probe, measurement } } };
    expect(decideGo(withDevice({ memoryFreeBytes: 2.9 * GIB }, others))).toMatchObject({
      message: "2.9 GiB free, floor 3 GiB",
    });
    expect(decideGo(withDevice({ memoryFreeBytes: 3 * GIB }, others))).toEqual({ go: true });
    const larger = { ...others, lastFootprintBytes: 1 * GIB };
    expect(decideGo(withDevice({ memoryFreeBytes: 3.9 * GIB }, larger))).toMatchObject({
      message: "3.9 GiB free, floor 4 GiB",
    });
  });

  it("want besides the floor what a run asks for itself", () => {
    const others = { target: DEMANDING_TARGET };
    expect(decideGo(withDevice({ memoryFreeBytes: 1.125 * GIB }, others))).toEqual({
      go: false,
      reason: "memory_floor",
      message: "1.13 GiB free, floor 1.19 GiB",
    });
    expect(decideGo(withDevice({ memoryFreeBytes: 1.1875 * GIB }, others))).toEqual({ go: true });
  });

  it("stop on WSL what does not work there, and nothing else", () => {
    expect(decideGo(input({ isWsl: true, target: DEMANDING_TARGET }))).toEqual({
      go: false,
      reason: "not_supported",
      message: "wsl true, mig false",
    });
    expect(decideGo(input({ isWsl: true }))).toEqual({ go: true });
    expect(decideGo(input({ target: DEMANDING_TARGET }))).toEqual({ go: true });
  });

  it("stop on a MIG instance what does not work there", () => {
    const slice = { ...device(0, "GPU-a", "MIG-b"), migMode: "enabled" } as const;
    const onSlice = { ...DEMANDING_TARGET, device: slice };
    expect(decideGo(input({ target: onSlice, listing: listing({ devices: [slice] }) }))).toEqual({
      go: false,
      reason: "not_supported",
      message: "wsl false, mig true",
    });
  });

  it("stop a busy GPU's run only for kinds that utilization spoils", () => {
    const busy = { utilizationRatio: 0.95 };
    expect(decideGo(withDevice(busy, { target: BANDWIDTH_TARGET }))).toEqual({
      go: false,
      reason: "busy",
      message: "95% utilized, maximum 90%",
    });
    expect(decideGo(withDevice(busy))).toEqual({ go: true });
    expect(decideGo(withDevice({ utilizationRatio: 0.9 }, { target: BANDWIDTH_TARGET }))).toEqual({
      go: true,
    });
  });

  it("name what makes a GPU unusable before what makes it a bad moment", () => {
    const several = { recoveryAction: 2, memoryFreeBytes: 0, computeMode: "prohibited" } as const;
    expect(decideGo(withDevice(several))).toMatchObject({ reason: "reset_required" });
  });
});
