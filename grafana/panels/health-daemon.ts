import type { Drawing, Query } from "../parts/panel.ts";
import { onHosts } from "../parts/select.ts";
import { table } from "../parts/table.ts";
import { timeSeries } from "../parts/time-series.ts";

const SIZE = { width: 8, height: 8 };

/** How the daemon itself and its scrapes do. */
export function daemonHealth(): readonly Drawing[] {
  return [memory(), scrapes(), lag(), samples(), builds()];
}

function memory(): Drawing {
  return timeSeries({
    ...SIZE,
    title: "Memory of the daemon",
    description: "What is resident. It ought to be flat over days.",
    unit: "bytes",
    minimum: 0,
    queries: [line("process_resident_memory_bytes")],
  });
}

function scrapes(): Drawing {
  return timeSeries({
    ...SIZE,
    title: "Scrapes",
    description: "How long a scrape takes. It does no measuring, so it is milliseconds.",
    unit: "s",
    minimum: 0,
    queries: [line("scrape_duration_seconds")],
  });
}

function lag(): Drawing {
  return timeSeries({
    ...SIZE,
    title: "Lag of the event loop",
    description:
      "The 99th percentile since the last scrape; timings are taken by the probes, so it does not touch them.",
    unit: "s",
    minimum: 0,
    queries: [line("nodejs_eventloop_lag_p99_seconds")],
  });
}

function samples(): Drawing {
  return timeSeries({
    ...SIZE,
    title: "Samples a scrape",
    description: "What a host costs Prometheus. It grows with GPUs, probes and listed processes.",
    unit: "short",
    minimum: 0,
    queries: [line("scrape_samples_scraped")],
  });
}

function builds(): Drawing {
  return table({
    title: "What runs",
    description: "The version of cudaprobe on each host, its revision and its Node.",
    width: 16,
    height: 8,
    labels: [
      { label: "instance", title: "Instance", width: 130 },
      { label: "version", title: "Version" },
      { label: "revision", title: "Revision" },
      { label: "node", title: "Node" },
    ],
    values: [
      {
        title: "Up since",
        unit: "dateTimeFromNow",
        expr: `1000 * max by (instance, version, revision, node) (
  ${onHosts("cudaprobe_build_info")} * on (job, instance) group_left () ${onHosts("process_start_time_seconds")}
)`,
      },
    ],
    noValue: "Not scraped",
  });
}

/** A line a host. */
function line(family: string): Query {
  return { legend: "{{instance}}", expr: `max by (instance) (${onHosts(family)})` };
}
