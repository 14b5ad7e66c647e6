import type { Clock } from "../base/clock.ts";
import type { Target } from "../config/config.ts";
import type { DriverFault, Listing } from "../devices/device.ts";
import type { RunRecord } from "../history/record.ts";
import type { Kind } from "../probes/kind.ts";
import { createBaselineSeries, type BaselineSeries } from "./baseline-series.ts";
import { createDaemonSeries, type BuildInfo, type DaemonSeries } from "./daemon-series.ts";
import { createDeviceSeries } from "./device-series.ts";
import { createDriverSeries } from "./driver-series.ts";
import { createExposition, type Exposition } from "./exposition.ts";
import { allFamilies } from "./families.ts";
import { createRunSeries, type RunSeries } from "./run-series.ts";
import { keepFor } from "./keep-for.ts";
import { createRuntimeMetrics } from "./runtime-metrics.ts";
import {
  createScraper,
  FORMATS,
  type Format,
  type RuntimeText,
  type Scrape,
  type ScrapeOptions,
} from "./scrape.ts";
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
  readonly setRetry: RunSeries["setRetry"];
  readonly setListing: (listing: Listing, context: ListingContext) => void;
  /** Drops figures that are more than three periods old. Every scrape does so first, so that no timer has to be in time. */
  readonly expire: () => void;
  /** What has changed by the time of the call is in it. Without exporter metrics the very same bytes while nothing changes. */
  readonly scrape: (options: ScrapeOptions) => Promise<Scrape>;
  /** The same as text, in the text format unless said otherwise. */
  readonly text: (format?: Format) => Promise<string>;
}

/** Too short to be seen in a rate, and long for who scrapes as fast as it can. */
const RUNTIME_SECONDS = 0.1;

/** Metrics with their build info and nothing else. */
export function createMetrics(
  { kinds, build, exporterMetrics }: MetricsOptions,
  { clock }: { readonly clock: Clock },
): Metrics {
  const families = allFamilies(kinds);
  const names = families.map((family) => family.name);
  const expose = (format: Format): Exposition =>
    createExposition(names, (family) => store.render(family, format));
  const expositions = { text: expose("text"), openmetrics: expose("openmetrics") };
  const store = createStore(families, (family) => {
    for (const format of FORMATS) expositions[format].markStale(family);
  });
  const runs = createRunSeries(store);
  const devices = createDeviceSeries(store);
  const driver = createDriverSeries(store);
  const readRuntime = exporterMetrics ? openRuntime(clock) : undefined;
  const scrapeKept = createScraper({ expositions, readRuntime });
  const expire = (): void => runs.expire(clock.monotonicSeconds());
  const scrape: Metrics["scrape"] = (scrapeOptions) => {
    expire();
    return scrapeKept(scrapeOptions);
  };
  return {
    ...createDaemonSeries(store, build),
    ...createBaselineSeries(store),
    setTargets: runs.setTargets,
    recordRun: runs.record,
    setRetry: runs.setRetry,
    setListing: (listing, { named, driverFault }) => {
      driver.setListing(listing, driverFault);
      devices.setListing(listing, named);
      runs.setDevices(listing.devices);
    },
    expire,
    scrape,
    text: async (format = "text") =>
      Buffer.concat((await scrape({ format, gzip: false })).chunks).toString(),
  };
}

function openRuntime(clock: Clock): () => Promise<RuntimeText> {
  return keepFor(RUNTIME_SECONDS, createRuntimeMetrics(), clock);
}
