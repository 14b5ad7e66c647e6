import { describe, expect, it } from "vitest";
import { project, type DeviceState } from "../../src/probes/projection.ts";

const MIB = 2 ** 20;
const GIB = 2 ** 30;

/** 80 GiB, a tenth of which stays free, and 12 GiB are in use. */
const DEVICE: DeviceState = {
  computeMode: "default",
  memoryTotalBytes: 80 * GIB,
  memoryFreeBytes: 68 * GIB,
  processes: 1,
};

const FUNCTION = { bytes: 512 * MIB, mps: false };
const CLIENT = { bytes: 76 * MIB, mps: true };

describe("the projection", () => {
  it("is what fits above a tenth of the device", () => {
    expect(project(FUNCTION, DEVICE)).toEqual({ instances: 120, limit: "memory" });
    const oneLess = { ...DEVICE, memoryFreeBytes: 68 * GIB - 1 };
    expect(project(FUNCTION, oneLess)).toEqual({ instances: 119, limit: "memory" });
  });

  it.each([
    ["2 GiB", { ...DEVICE, memoryTotalBytes: 8 * GIB, memoryFreeBytes: 3 * GIB }, 512 * MIB],
    ["twice what one takes", { ...DEVICE, memoryFreeBytes: 62 * GIB }, 15.5 * GIB],
  ] as const)("leaves %s free where that is more", (_, device, bytes) => {
    expect(project({ bytes, mps: false }, device)).toEqual({ instances: 2, limit: "memory" });
  });

  it("is 0 and no less where the floor is not free", () => {
    const full = { ...DEVICE, memoryFreeBytes: GIB };
    expect(project(FUNCTION, full)).toEqual({ instances: 0, limit: "memory" });
  });

  it("is no more than an MPS server takes, and less where memory is less", () => {
    expect(project(CLIENT, DEVICE)).toEqual({ instances: 48, limit: "mps_clients" });
    const narrow = { ...DEVICE, memoryFreeBytes: 8 * GIB + 760 * MIB };
    expect(project(CLIENT, narrow)).toEqual({ instances: 10, limit: "memory" });
    expect(project({ ...CLIENT, mps: false }, DEVICE)).toMatchObject({ instances: 808 });
  });

  it.each([
    { computeMode: "exclusive_process", processes: 0, mps: false, fitting: 1 },
    { computeMode: "exclusive_process", processes: 1, mps: false, fitting: 0 },
    { computeMode: "exclusive_process", processes: 1, mps: true, fitting: 0 },
    { computeMode: "exclusive_thread", processes: 0, mps: true, fitting: 1 },
    { computeMode: "prohibited", processes: 0, mps: false, fitting: 0 },
    { computeMode: "prohibited", processes: 0, mps: true, fitting: 0 },
  ])("is the mode's with %j", ({ computeMode, processes, mps, fitting }) => {
    const device = { ...DEVICE, computeMode, processes };
    const limit = "exclusive_mode";
    expect(project({ ...FUNCTION, mps }, device)).toEqual({ instances: fitting, limit });
  });

  it("is that of memory where MPS has an exclusive device for itself", () => {
    const device = { ...DEVICE, computeMode: "exclusive_process", processes: 0 };
    expect(project(CLIENT, device)).toEqual({ instances: 48, limit: "mps_clients" });
  });

  it.each<Partial<DeviceState>>([
    { memoryFreeBytes: undefined },
    { memoryTotalBytes: undefined },
    { computeMode: "exclusive_process", processes: undefined },
  ])("is not known with %j", (unknown) => {
    expect(project(FUNCTION, { ...DEVICE, ...unknown })).toBeUndefined();
  });

  it("is not known of a function that takes nothing", () => {
    expect(project({ bytes: 0, mps: false }, DEVICE)).toBeUndefined();
  });
});
