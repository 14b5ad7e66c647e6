import { describe, expect, it } from "vitest";
import { mergeListings } from "../../src/devices/merge-listings.ts";
import { parseListing } from "../../src/devices/parse-listing.ts";
import type { Sample } from "../../src/protocol/report.ts";
import { failedEnd, successfulEnd } from "../support/run-ends.ts";

const INFO: Sample = {
  name: "device_info",
  value: 1,
  labels: {
    gpu: "1",
    gpu_uuid: "GPU-b",
    name: "EMULATED card",
    pci_bus_id: "00000000:02:00.0",
    compute_mode: "default",
    persistence_mode: "disabled",
    mig_mode: "unsupported",
    memory_info: "v1",
  },
};

function fact(name: string, value: number): Sample {
  return { name, value, labels: { gpu_uuid: "GPU-b" } };
}

const DRIVER: Sample = {
  name: "driver_info",
  value: 1,
  labels: {
    backend: "emulator",
    driver_version: "580.1",
    nvml_version: "13",
    cuda_version: "13.0",
  },
};

describe("parseListing", () => {
  it("reads the driver, the devices and their facts", () => {
    const samples = [DRIVER, INFO, fact("memory_free_bytes", 5), fact("mig_change_pending", 1)];
    const listing = parseListing(successfulEnd({ samples }), 7);
    expect(listing).toMatchObject({
      atSeconds: 7,
      driver: { backend: "emulator", driverVersion: "580.1" },
      devices: [
        {
          gpu: 1,
          gpuUuid: "GPU-b",
          persistenceMode: "disabled",
          memoryFreeBytes: 5,
          memoryInfo: "v1",
          migChangePending: true,
        },
      ],
      fault: undefined,
    });
  });

  it("leaves out what NVML did not say, and does not call it 0", () => {
    const [device] = parseListing(successfulEnd({ samples: [INFO] }), 7).devices;
    expect(device?.memoryUsedBytes).toBeUndefined();
    expect(device?.migChangePending).toBeUndefined();
  });

  it("does not take another device's facts", () => {
    const other = { ...fact("memory_free_bytes", 5), labels: { gpu_uuid: "GPU-other" } };
    const [device] = parseListing(successfulEnd({ samples: [INFO, other] }), 7).devices;
    expect(device?.memoryFreeBytes).toBeUndefined();
  });

  it("lists devices that do not answer apart", () => {
    const lost = {
      name: "device_lost",
      value: 1,
      labels: { gpu: "3", reason: "gpu_lost", code: "X" },
    };
    expect(parseListing(successfulEnd({ samples: [lost] }), 7).lost).toEqual([
      { gpu: 3, reason: "gpu_lost", code: "X" },
    ]);
  });

  it.each([
    ["failure", "driver_mismatch"],
    ["timeout", "timeout"],
    ["crashed", "crashed"],
  ] as const)("makes a fault of %s", (outcome, reason) => {
    const listing = parseListing(failedEnd({ outcome, reason }), 7);
    expect(listing.fault).toMatchObject({ reason });
  });
});

describe("mergeListings", () => {
  const attached = parseListing(
    successfulEnd({ samples: [DRIVER, INFO, fact("memory_free_bytes", 5)] }),
    7,
  );

  it("keeps known facts of a device that a listing without waking it cannot tell", () => {
    const next = parseListing(successfulEnd({ samples: [INFO, fact("processes", 2)] }), 9);
    expect(mergeListings(attached, next)).toMatchObject({
      atSeconds: 9,
      devices: [{ memoryFreeBytes: 5, processes: 2 }],
    });
  });

  it("keeps the devices when a listing without waking them lists none", () => {
    const next = parseListing(successfulEnd({ samples: [DRIVER] }), 9);
    expect(mergeListings(attached, next)).toEqual({ ...attached, atSeconds: 9 });
  });

  it("does not bring back a device that is gone, or that a fault hides", () => {
    const other = { ...INFO, labels: { ...INFO.labels, gpu_uuid: "GPU-other" } };
    const gone = parseListing(successfulEnd({ samples: [other] }), 9);
    expect(mergeListings(attached, gone).devices.map(({ gpuUuid }) => gpuUuid)).toEqual([
      "GPU-other",
    ]);
    const faulty = parseListing(failedEnd({ reason: "no_driver" }), 9);
    expect(mergeListings(attached, faulty).devices).toEqual([]);
  });
});
