import type { Clock } from "../base/clock.ts";
import type { Target } from "../config/config.ts";
import type { DriverFault, Listing } from "../devices/device.ts";
import type { RunRecord } from "../history/record.ts";
import type { Kind } from "../probes/kind.ts";
import { createBaselineSeries, type BaselineSeries } from "./baseline-series.ts";
import { createDaemonSeries, type BuildInfo, type DaemonSeries } from "./daemon-series.ts";
import { createDeviceSeries } from "./device-series.ts";
import { createDriverSeries } from "./driver-series.ts";
import { createExposition } from "./exposition.ts";
import { allFamilies } from "./families.ts";
import { createRunSeries } from "./run-series.ts";
import { createRuntimeMetrics } from "./runtime-metrics.ts";
import { createStore } from "./store.ts";

export interface MetricsOptions {
  /** The kinds whose families are declared. */
  readonly kinds: readonly Kind[];
  readonly build: BuildInfo;
  /** Whether the daemon's own `process_*` and `nodejs_*` are exported too. */
  readonly exporterMetrics: boolean;
}

/** What a listing of devices is read with. */
export interface ListingContext {
  /** Indices and beginnings of UUIDs that the config names. */
  readonly named: readonly (number | string)[];
  /** Stands before the listing's own fault. */
  readonly driverFault?: DriverFault;
}

/** All that the daemon exports: facts in, the text of a scrape out. */
export interface Metrics extends DaemonSeries, BaselineSeries {
  /** `intervalSeconds` by the name of the probe; figures of a probe without one do not expire. */
  readonly setTargets: (
    targets: readonly Target[],
    intervalSeconds: ReadonlyMap<string, number>,
  ) => void;
  readonly recordRun: (record: RunRecord) => void;
  readonly setListing: (listing: Listing, context: ListingContext) => void;
  /** Drops figures that are more than three periods old. Every scrape does so first, so that no timer has to be in time. */
  readonly expire: () => void;
  /** The exposition in the text format; without exporter metrics the very same string while nothing changes. */
  readonly text: () => Promise<string>;
  /** The same, in pieces ready for a socket. */
  readonly chunks: () => Promise<readonly Buffer[]>;
  readonly contentType: string;
}

/** Metrics with their build info and nothing else. */
export function createMetrics(
  { kinds, build, exporterMetrics }: MetricsOptions,
  { clock }: { readonly clock: Clock },
): Metrics {
  const families = allFamilies(kinds);
  const exposition = createExposition(
    families.map((family) => family.name),
    (family) => store.render(family),
  );
  const store = createStore(families, exposition.markStale);
  const runs = createRunSeries(store);
  const devices = createDeviceSeries(store);
  const driver = createDriverSeries(store);
  const renderRuntime = exporterMetrics ? createRuntimeMetrics() : undefined;
  const expire = (): void => runs.expire(clock.monotonicSeconds());
  return {
    ...createDaemonSeries(store, build),
    ...createBaselineSeries(store),
    setTargets: runs.setTargets,
    recordRun: runs.record,
    setListing: (listing, { named, driverFault }) => {
      driver.setListing(listing, driverFault);
      devices.setListing(listing, named);
      runs.setDevices(listing.devices);
    },
    expire,
    text: async () => {
      expire();
      const { text } = await exposition.read();
      return renderRuntime === undefined ? text : text + (await renderRuntime());
    },
    chunks: async () => {
      expire();
      const { bytes } = await exposition.read();
      return renderRuntime === undefined ? [bytes] : [bytes, Buffer.from(await renderRuntime())];
    },
    contentType: store.contentType,
  };
}
