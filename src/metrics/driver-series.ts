import type { DriverFacts, DriverFault, Listing } from "../devices/device.ts";
import type { Observation } from "../probes/family.ts";
import { createScope } from "./scope.ts";
import type { SeriesStore } from "./store.ts";

/** The series of the driver. */
export interface DriverSeries {
  /** `fault` stands before the listing's own. */
  readonly setListing: (listing: Listing, fault: DriverFault | undefined) => void;
}

/** No driver looked for yet. */
export function createDriverSeries(store: SeriesStore): DriverSeries {
  const scope = createScope(store);
  return {
    setListing: (listing, override) => {
      const fault = override ?? listing.fault;
      scope.replace(
        () => true,
        [
          { family: "cudaprobe_up", labels: {}, value: fault === undefined ? 1 : 0 },
          ...(fault === undefined ? [] : [driverError(fault)]),
          ...(listing.driver === undefined ? [] : [driverInfo(listing.driver)]),
        ],
      );
    },
  };
}

function driverError({ reason, code }: DriverFault): Observation {
  return { family: "cudaprobe_driver_error", labels: { reason, code }, value: 1 };
}

function driverInfo(driver: DriverFacts): Observation {
  return {
    family: "cudaprobe_driver_info",
    labels: {
      backend: driver.backend,
      driver_version: driver.driverVersion,
      nvml_version: driver.nvmlVersion,
      cuda_version: driver.cudaVersion,
      libcuda: driver.libcuda,
      libnvidia_ml: driver.libnvidiaMl,
    },
    value: 1,
  };
}
