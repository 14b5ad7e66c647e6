// @ts-check
/** So many hosts are meant. */
export const HOSTS = 10_000;

/** No dashboard and no rule that is shipped asks for these: `metric_relabel_configs` drop them unseen. */
export const UNUSED_BUCKETS = "cudaprobe_(cold_start_phase_duration|lane_wait)_seconds_bucket";

/** Beside them those of one panel, which then is empty. */
export const BUCKETS_BUT_COLD_STARTS =
  "cudaprobe_(cold_start_phase_duration|lane_wait|ipc_transfer_duration)_seconds_bucket";

const TWO_KINDS = `probes:
  - { name: cold_start, kind: cold_start, schedule: "* * * * *" }
  - { name: process_memory, kind: process_memory, schedule: "*/15 * * * * *", pid: false }
`;

/**
 * How a fleet may be set up.
 * @typedef {object} Setting
 * @property {string} what
 * @property {number} gpus of each host
 * @property {(shipped: string) => string} config from the one that is shipped
 * @property {readonly string[]} [flags] of `cudaprobe serve`
 * @property {string} [drop] names that Prometheus drops, as its regular expression
 * @property {15 | 60} interval seconds from scrape to scrape
 */

/** @param {string} shipped */
const asShipped = (shipped) => shipped;
/** @param {string} shipped */
const withoutPid = (shipped) => shipped.replace("# pid: true", "pid: false");
const twoKinds = () => TWO_KINDS;

const NO_OWN = ["--web.disable-exporter-metrics"];

/** @type {readonly Setting[]} */
export const SETTINGS = [
  { what: "as shipped, 8 GPUs", gpus: 8, config: asShipped, interval: 15 },
  { what: "as shipped, 1 GPU", gpus: 1, config: asShipped, interval: 15 },
  { what: "8 GPUs, scraped every 60 s", gpus: 8, config: asShipped, interval: 60 },
  { what: "8 GPUs, pid: false", gpus: 8, config: withoutPid, interval: 15 },
  {
    what: "8 GPUs, --web.disable-exporter-metrics",
    gpus: 8,
    config: asShipped,
    flags: NO_OWN,
    interval: 15,
  },
  {
    what: "8 GPUs, unused buckets dropped",
    gpus: 8,
    config: asShipped,
    drop: UNUSED_BUCKETS,
    interval: 15,
  },
  {
    what: "8 GPUs, all buckets but those of cold starts dropped",
    gpus: 8,
    config: asShipped,
    drop: BUCKETS_BUT_COLD_STARTS,
    interval: 15,
  },
  { what: "8 GPUs, cold_start and process_memory alone", gpus: 8, config: twoKinds, interval: 15 },
  {
    what: "8 GPUs, all of these, every 60 s",
    gpus: 8,
    config: twoKinds,
    flags: NO_OWN,
    drop: UNUSED_BUCKETS,
    interval: 60,
  },
];
