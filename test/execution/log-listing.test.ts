import { describe, expect, it } from "vitest";
import { createLogger } from "../../src/base/logger.ts";
import type { Listing } from "../../src/devices/device.ts";
import { createListingLog } from "../../src/execution/log-listing.ts";

const DRIVER = {
  backend: "nvidia",
  driverVersion: "580.1",
  nvmlVersion: "13",
  cudaVersion: "13.0",
  libcuda: "libcuda.so.1",
  libnvidiaMl: "libnvidia-ml.so.1",
} as const;
const UP: Listing = { atSeconds: 1, driver: DRIVER, devices: [], lost: [], fault: undefined };
const FAULT = {
  reason: "no_driver",
  code: "NVML_ERROR_DRIVER_NOT_LOADED",
  message: "why",
} as const;
const DOWN: Listing = { ...UP, driver: undefined, fault: FAULT };
const LOST = { gpu: 1, reason: "gpu_lost", code: "NVML_ERROR_GPU_IS_LOST" } as const;

/** The lines that listings in this order are logged with, without their stamps and callers. */
function log(...listings: readonly Listing[]): readonly string[] {
  const lines: string[] = [];
  const destination = {
    write: (line: string) => lines.push(line.trim().replace(/^ts=\S+ caller=\S+ /, "")),
  };
  const logListing = createListingLog(
    createLogger({ level: "info", format: "logfmt", destination }),
  );
  for (const listing of listings) logListing(listing);
  return lines;
}

const ANSWERS = 'level=info msg="the driver answers" backend=nvidia driver=580.1 gpus=0';
const SILENT =
  'level=warn msg="no driver answers" reason=no_driver code=NVML_ERROR_DRIVER_NOT_LOADED why=why';

describe("the log of listings", () => {
  it("says once what the driver is, and nothing while that stays so", () => {
    expect(log(UP, { ...UP, atSeconds: 2 })).toEqual([ANSWERS]);
  });

  it("warns when it answers no more, and says when it does again", () => {
    expect(log(UP, DOWN, DOWN, UP)).toEqual([ANSWERS, SILENT, ANSWERS]);
  });

  it("warns of a GPU that does not answer, once until it comes back", () => {
    const lost = { ...UP, lost: [LOST] };
    const warning =
      'level=warn msg="a GPU does not answer" gpu=1 reason=gpu_lost code=NVML_ERROR_GPU_IS_LOST';
    expect(log(lost, lost, UP, lost)).toEqual([ANSWERS, warning, warning]);
  });
});
