import { beforeEach, describe, expect, it } from "vitest";
import type { Metrics } from "../../src/metrics/metrics.ts";
import { makeMetrics, samples, value } from "./exposition-text.ts";
import { createClock } from "../support/still-clock.ts";
import { DRIVER, makeDevice, makeListing, uuidOf } from "./records.ts";

let metrics: Metrics;

beforeEach(() => {
  metrics = makeMetrics(createClock());
});

async function up(labels: Readonly<Record<string, string>>): Promise<number | undefined> {
  return value(await metrics.text(), "cudaprobe_gpu_up", labels);
}

describe("a GPU", () => {
  it("that is listed is up, and described", async () => {
    metrics.setListing(makeListing([0]), { named: [] });
    expect(await up({ gpu: "0", gpu_uuid: uuidOf(0), mig_uuid: "" })).toBe(1);
    expect(samples(await metrics.text(), "cudaprobe_gpu_info{")).toEqual([
      `cudaprobe_gpu_info{gpu="0",gpu_uuid="${uuidOf(0)}",mig_uuid="",name="NVIDIA H100 80GB HBM3",` +
        'pci_bus_id="00000000:00:00.0",compute_mode="default",persistence_mode="enabled",mig_mode="disabled",memory_info="v2"} 1',
    ]);
  });

  it("that was seen and is listed no more is down, and described no more", async () => {
    metrics.setListing(makeListing([0, 1]), { named: [] });
    metrics.setListing(makeListing([0]), { named: [] });
    expect(await up({ gpu_uuid: uuidOf(0) })).toBe(1);
    expect(await up({ gpu_uuid: uuidOf(1) })).toBe(0);
    expect(samples(await metrics.text(), "cudaprobe_gpu_info{")).toHaveLength(1);
  });

  it("that comes back is up again", async () => {
    metrics.setListing(makeListing([0]), { named: [] });
    metrics.setListing(makeListing([]), { named: [] });
    metrics.setListing(makeListing([0]), { named: [] });
    expect(await up({})).toBe(1);
  });

  it("that is lost is down under the UUID it had, or under none when it never said one", async () => {
    const lost = [
      { gpu: 1, reason: "gpu_lost", code: "NVML_ERROR_GPU_IS_LOST" },
      { gpu: 2, reason: "gpu_lost", code: "NVML_ERROR_GPU_IS_LOST" },
    ] as const;
    metrics.setListing(makeListing([0, 1]), { named: [] });
    metrics.setListing(makeListing([0], { lost }), { named: [] });
    expect(await up({ gpu: "1" })).toBe(0);
    expect(await up({ gpu: "1", gpu_uuid: uuidOf(1) })).toBe(0);
    expect(await up({ gpu: "2", gpu_uuid: "" })).toBe(0);
  });

  it("that the config names and nobody lists is down", async () => {
    const named = [0, 5, uuidOf(0), "GPU-ffffffff", "MIG-eeeeeeee"];
    metrics.setListing(makeListing([0]), { named });
    const lines = samples(await metrics.text(), "cudaprobe_gpu_up{");
    expect(lines).toEqual([
      `cudaprobe_gpu_up{gpu="0",gpu_uuid="${uuidOf(0)}",mig_uuid=""} 1`,
      'cudaprobe_gpu_up{gpu="5",gpu_uuid="",mig_uuid=""} 0',
      'cudaprobe_gpu_up{gpu="",gpu_uuid="GPU-ffffffff",mig_uuid=""} 0',
      'cudaprobe_gpu_up{gpu="",gpu_uuid="",mig_uuid="MIG-eeeeeeee"} 0',
    ]);
  });

  it("that the config names by the beginning of its UUID is found", async () => {
    metrics.setListing(makeListing([0]), { named: [uuidOf(0).slice(0, 8)] });
    expect(samples(await metrics.text(), "cudaprobe_gpu_up{")).toHaveLength(1);
  });

  it("keeps one series when its index changes", async () => {
    metrics.setListing(makeListing([0, 1]), { named: [] });
    const moved = { ...makeDevice(1), gpu: 0 };
    metrics.setListing(makeListing([], { devices: [moved] }), { named: [] });
    const lines = samples(await metrics.text(), "cudaprobe_gpu_up{");
    expect(lines.filter((line) => line.includes(uuidOf(1)))).toEqual([
      `cudaprobe_gpu_up{gpu="0",gpu_uuid="${uuidOf(1)}",mig_uuid=""} 1`,
    ]);
  });
});

describe("the driver", () => {
  const fault = { reason: "no_driver", code: "NVML_ERROR_DRIVER_NOT_LOADED", message: "" } as const;

  it("is neither up nor down before it was looked for", async () => {
    const text = await metrics.text();
    for (const family of ["cudaprobe_up", "cudaprobe_driver_", "cudaprobe_gpu_"]) {
      expect(samples(text, family)).toEqual([]);
    }
  });

  it("is up when it answers, and says who it is", async () => {
    metrics.setListing(makeListing([0]), { named: [] });
    const text = await metrics.text();
    expect(value(text, "cudaprobe_up")).toBe(1);
    expect(samples(text, "cudaprobe_driver_error")).toEqual([]);
    expect(value(text, "cudaprobe_driver_info", { backend: "nvidia", cuda_version: "13.0" })).toBe(
      1,
    );
  });

  it("is down with a reason, and with it every GPU that was seen", async () => {
    metrics.setListing(makeListing([0]), { named: [] });
    metrics.setListing(makeListing([], { driver: undefined, fault }), { named: [] });
    const text = await metrics.text();
    expect(value(text, "cudaprobe_up")).toBe(0);
    expect(samples(text, "cudaprobe_driver_error{")).toEqual([
      'cudaprobe_driver_error{reason="no_driver",code="NVML_ERROR_DRIVER_NOT_LOADED"} 1',
    ]);
    expect(samples(text, "cudaprobe_driver_info")).toEqual([]);
    expect(value(text, "cudaprobe_gpu_up")).toBe(0);
  });

  it("takes its error back when it answers again", async () => {
    metrics.setListing(makeListing([], { fault }), { named: [] });
    metrics.setListing(makeListing([0]), { named: [] });
    const text = await metrics.text();
    expect(value(text, "cudaprobe_up")).toBe(1);
    expect(samples(text, "cudaprobe_driver_error")).toEqual([]);
  });

  it("is down for a fault that the daemon found, whatever the listing says", async () => {
    const driverFault = { reason: "driver_mismatch", code: "", message: "" } as const;
    metrics.setListing(makeListing([0], { fault }), { named: [], driverFault });
    const text = await metrics.text();
    expect(value(text, "cudaprobe_up")).toBe(0);
    expect(value(text, "cudaprobe_driver_error", { reason: "driver_mismatch" })).toBe(1);
  });

  it("is an emulator when it says so", async () => {
    const driver = { ...DRIVER, backend: "emulator" } as const;
    metrics.setListing(makeListing([0], { driver }), { named: [] });
    expect(samples(await metrics.text(), "cudaprobe_driver_info{")).toEqual([
      expect.stringContaining('{backend="emulator",'),
    ]);
  });
});
