import { describe, expect, it } from "vitest";
import type { Device } from "../../src/devices/device.ts";
import { decideGo } from "../../src/gates/decide-go.ts";
import { device, target } from "../config/fixtures.ts";
import { BANDWIDTH_TARGET, GPU, HOST_TARGET, input, listing, withDevice } from "./fixtures.ts";

describe("decideGo", () => {
  it("lets a run go when nothing speaks against it", () => {
    expect(decideGo(input())).toEqual({ go: true });
  });

  it("lets a run go when NVML knows nothing of the device but its name", () => {
    const unknown: Partial<Device> = {
      computeMode: "unknown",
      migMode: "unsupported",
      memoryFreeBytes: undefined,
      utilizationRatio: undefined,
      recoveryAction: undefined,
      migChangePending: undefined,
      pageRepairPending: undefined,
    };
    expect(decideGo(withDevice(unknown, { target: BANDWIDTH_TARGET }))).toEqual({ go: true });
  });

  it("stops every run while the driver does not work, with the driver's reason", () => {
    const fault = {
      reason: "driver_mismatch",
      code: "NVML_X",
      message: "versions differ",
    } as const;
    const refused = {
      go: false,
      reason: "driver_mismatch",
      message: "the driver does not work: versions differ (NVML_X)",
    };
    expect(decideGo(input({ listing: listing({ fault }) }))).toEqual(refused);
    expect(decideGo(input({ listing: listing({ fault }), target: HOST_TARGET }))).toEqual(refused);
  });

  it("stops a run on a device that is not listed", () => {
    const other = listing({ devices: [device(0, "GPU-b")] });
    expect(decideGo(input({ listing: other }))).toEqual({
      go: false,
      reason: "no_device",
      message: "GPU-a is not listed",
    });
  });

  it("stops a run on a lost device with what the device says, and not one on another device", () => {
    const lost = [{ gpu: 0, reason: "gpu_lost", code: "NVML_ERROR_GPU_IS_LOST" }] as const;
    expect(decideGo(input({ listing: listing({ devices: [], lost }) }))).toEqual({
      go: false,
      reason: "gpu_lost",
      message: "GPU 0 does not answer (NVML_ERROR_GPU_IS_LOST)",
    });
    expect(decideGo(input({ listing: listing({ lost }) }))).toEqual({ go: true });
  });

  it("tells a MIG instance from its GPU", () => {
    const slice = device(0, "GPU-a", "MIG-b");
    const onSlice = target('name: start, kind: cold_start, schedule: "@daily"', slice);
    expect(decideGo(input({ target: onSlice }))).toMatchObject({ reason: "no_device" });
    const both = listing({ devices: [GPU, slice] });
    expect(decideGo(input({ target: onSlice, listing: both }))).toEqual({ go: true });
  });

  it("stops a run while an earlier one still has a process, also one of the whole host", () => {
    const refused = {
      go: false,
      reason: "in_flight",
      message: "an earlier run still has a process",
    };
    expect(decideGo(input({ inFlight: true }))).toEqual(refused);
    expect(decideGo(input({ inFlight: true, target: HOST_TARGET }))).toEqual(refused);
  });

  it("asks no device's gates for a target of the whole host", () => {
    expect(decideGo(withDevice({ recoveryAction: 1 }, { target: HOST_TARGET }))).toEqual({
      go: true,
    });
  });
});
