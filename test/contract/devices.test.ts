import { describe, expect, test } from "vitest";
import type { Device } from "../../src/devices/device.ts";
import { gpuUuids, listDevices } from "../support/emulated-gpus.ts";
import { makeEmulator } from "../support/emulator.ts";

const TENANT = "tenant = gpu=0 pid=1 type=compute bytes=4294967296 name=trainer";

const LINK = { generation: 5, width: 16, maxGeneration: 5, maxWidth: 16 };

/** The facts that a call tells, and what a listing says of them when it fails. */
const CALLS: readonly (readonly [call: string, facts: Partial<Device>])[] = [
  ["nvmlDeviceGetPciInfo_v3", { pciBusId: "" }],
  ["nvmlDeviceGetComputeMode", { computeMode: "unknown" }],
  ["nvmlDeviceGetPersistenceMode", { persistenceMode: "unknown" }],
  ["nvmlDeviceGetMigMode", { migMode: "unsupported", migChangePending: undefined }],
  // The first version of it counts as used what the driver keeps for itself.
  [
    "nvmlDeviceGetMemoryInfo_v2",
    { memoryReservedBytes: undefined, memoryUsedBytes: 4_798_283_776, memoryInfo: "v1" },
  ],
  ["nvmlDeviceGetUtilizationRates", { utilizationRatio: undefined }],
  ["nvmlDeviceGetComputeRunningProcesses_v3", { processes: undefined }],
  ["nvmlDeviceGetFieldValues", { recoveryAction: undefined }],
  ["nvmlDeviceGetRemappedRows", { pageRepairPending: undefined, pageRepairFailed: undefined }],
  ["nvmlDeviceGetCurrPcieLinkGeneration", { pcieLink: { ...LINK, generation: undefined } }],
  ["nvmlDeviceGetCurrPcieLinkWidth", { pcieLink: { ...LINK, width: undefined } }],
  ["nvmlDeviceGetMaxPcieLinkGeneration", { pcieLink: { ...LINK, maxGeneration: undefined } }],
  ["nvmlDeviceGetMaxPcieLinkWidth", { pcieLink: { ...LINK, maxWidth: undefined } }],
];

describe("the listing of devices", () => {
  test("has what NVML knows of each, and of the driver", async () => {
    await using emulator = await makeEmulator(["gpus = 2", TENANT]);
    const { devices, driver, lost, fault } = await listDevices(emulator);
    const uuids = await gpuUuids();
    expect({ lost, fault }).toEqual({ lost: [], fault: undefined });
    expect(devices.map(({ gpu, gpuUuid }) => [gpu, gpuUuid])).toEqual([
      [0, uuids[0]],
      [1, uuids[1]],
    ]);
    expect(devices[0]).toMatchObject({
      name: "EMULATED NVIDIA H100 80GB HBM3",
      computeMode: "default",
      persistenceMode: "enabled",
      migMode: "disabled",
      memoryTotalBytes: 85_520_809_984,
      memoryReservedBytes: 503_316_480,
      memoryInfo: "v2",
      utilizationRatio: 0,
      processes: 1,
      recoveryAction: 0,
      migChangePending: false,
      pageRepairPending: false,
      pageRepairFailed: false,
      pcieLink: LINK,
    });
    expect(devices[1]).toMatchObject({ processes: 0 });
    expect(driver).toMatchObject({ backend: "emulator", driverVersion: "580.159.04" });
  });

  test.each(CALLS)("does without %s, and says nothing instead", async (call, facts) => {
    await using emulator = await makeEmulator([`fault = call=${call} code=3`, TENANT]);
    const { devices, fault } = await listDevices(emulator);
    expect(fault).toBeUndefined();
    expect(devices).toMatchObject([facts]);
    await emulator.configure([TENANT]);
    const whole = await listDevices(emulator);
    const known = Object.fromEntries(
      Object.entries(whole.devices[0] ?? {}).filter(([name]) => !(name in facts)),
    );
    expect(devices).toMatchObject([known]);
  });

  test.each<readonly [string, Partial<Device>]>([
    ["recovery_action = 4", { recoveryAction: 4 }],
    ["mig_mode_pending = enabled", { migMode: "disabled", migChangePending: true }],
    ["page_retirement = pending", { pageRepairPending: true, pageRepairFailed: false }],
    ["row_remapping = pending", { pageRepairPending: true, pageRepairFailed: false }],
    ["row_remapping = failed", { pageRepairPending: false, pageRepairFailed: true }],
    ["compute_mode = exclusive_process", { computeMode: "exclusive_process" }],
    ["gpu_utilization_ratio = 0.95", { utilizationRatio: 0.95 }],
    ["pcie_width = 4", { pcieLink: { ...LINK, width: 4 } }],
  ])("tells what a gate looks at, of %s", async (line, facts) => {
    await using emulator = await makeEmulator([line]);
    expect((await listDevices(emulator)).devices).toMatchObject([facts]);
  });

  test("says nothing of what an older GPU does not have", async () => {
    await using emulator = await makeEmulator(["profile = rtx3050"]);
    const { devices, fault } = await listDevices(emulator);
    expect(fault).toBeUndefined();
    expect(devices).toMatchObject([
      { recoveryAction: undefined, migMode: "unsupported", migChangePending: undefined },
    ]);
  });

  test.each([
    [4, "permission", "NVML_ERROR_NO_PERMISSION"],
    [9, "no_driver", "NVML_ERROR_DRIVER_NOT_LOADED"],
    [12, "no_library", "NVML_ERROR_LIBRARY_NOT_FOUND"],
    [17, "permission", "NVML_ERROR_OPERATING_SYSTEM"],
    [18, "driver_mismatch", "NVML_ERROR_LIB_RM_VERSION_MISMATCH"],
    [999, "unknown", "NVML_ERROR_UNKNOWN"],
    [77, "unknown", "NVML_ERROR_77"],
  ])("has a fault when NVML answers %i: %s", async (number, reason, code) => {
    await using emulator = await makeEmulator([`fault = call=nvmlInit_v2 code=${number}`]);
    const { devices, driver, fault } = await listDevices(emulator);
    expect({ devices, driver }).toEqual({ devices: [], driver: undefined });
    expect(fault).toMatchObject({ reason, code });
  });

  test.each(["nvmlDeviceGetHandleByIndex_v2", "nvmlDeviceGetUUID"])(
    "tells of the device whose %s fails, and goes on with the others",
    async (call) => {
      await using emulator = await makeEmulator(["gpus = 3", `fault = call=${call} nth=2 code=15`]);
      const { devices, lost, fault } = await listDevices(emulator);
      expect(fault).toBeUndefined();
      expect(devices.map(({ gpu }) => gpu)).toEqual([0, 2]);
      expect(lost).toEqual([{ gpu: 1, reason: "gpu_lost", code: "NVML_ERROR_GPU_IS_LOST" }]);
    },
  );

  test("has the devices and a fault when libcuda is a stub", async () => {
    await using emulator = await makeEmulator(["fault = call=cuDriverGetVersion code=34"]);
    const { devices, fault } = await listDevices(emulator);
    expect(devices).toHaveLength(1);
    expect(fault).toMatchObject({ reason: "stub_library", code: "CUDA_ERROR_STUB_LIBRARY" });
  });

  test("has a fault when NVML lists no device", async () => {
    await using emulator = await makeEmulator(["fault = call=nvmlDeviceGetCount_v2 code=6"]);
    const { devices, driver, fault } = await listDevices(emulator);
    expect(devices).toEqual([]);
    expect(driver).toMatchObject({ driverVersion: "580.159.04" });
    expect(fault).toMatchObject({ reason: "no_device", code: "NVML_ERROR_NOT_FOUND" });
  });
});
