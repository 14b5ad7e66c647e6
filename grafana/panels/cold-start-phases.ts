import { heatmap } from "../parts/heatmap.ts";
import type { Drawing } from "../parts/panel.ts";
import { bucketCounts, mean, median, onGpus, onHosts } from "../parts/select.ts";
import { timeSeries } from "../parts/time-series.ts";

const PROBE = 'probe="$probe"';
const SIZE = { width: 12, height: 9 };

/** Where the time goes. */
export function coldStartPhases(): readonly Drawing[] {
  return [
    timeSeries({
      ...SIZE,
      title: "Phases of $probe",
      description:
        "What each phase takes on the average of the window and of the chosen GPUs. They are means, which add up to the whole; release and exit come after the first result.",
      unit: "s",
      stacked: true,
      minimum: 0,
      queries: [
        {
          legend: "{{phase}}",
          expr: mean("phase", (suffix) =>
            onGpus(`cudaprobe_cold_start_phase_duration_seconds${suffix}`, PROBE),
          ),
        },
      ],
    }),
    heatmap({
      ...SIZE,
      title: "All starts of $probe",
      description:
        "How many starts took how long. Two bands are two ways to start; a smear is a busy host.",
      unit: "s",
      expr: bucketCounts((suffix) =>
        onGpus(`cudaprobe_cold_start_duration_seconds${suffix}`, PROBE),
      ),
    }),
  ];
}

const LAST = onGpus("cudaprobe_cold_start_last_duration_seconds", PROBE);

/** Whether it has become slower, and with which driver. */
export function coldStartTrends(): readonly Drawing[] {
  return [
    timeSeries({
      ...SIZE,
      title: "Median and 95th percentile of $probe",
      description:
        "Of the runs in the window, taken from the runs themselves and not from buckets, whose width hides a shift of a third. The percentile means something from 20 runs a window up.",
      unit: "s",
      queries: [
        { legend: "median {{instance}} GPU {{gpu}}", expr: median(LAST) },
        {
          legend: "p95 {{instance}} GPU {{gpu}}",
          expr: `quantile_over_time(0.95, ${LAST}[$window])`,
        },
      ],
    }),
    timeSeries({
      ...SIZE,
      title: "Now, yesterday, last week, and the baseline",
      description:
        "The mean over the chosen GPUs of the median of the window, at the same time on other days, and what is pinned. A line without a past is left out.",
      unit: "s",
      queries: [
        { legend: "now", expr: `avg(${median(LAST)})` },
        { legend: "yesterday", expr: `avg(${median(LAST, "1d")})` },
        { legend: "last week", expr: `avg(${median(LAST, "1w")})` },
        {
          legend: "baseline",
          expr: `avg(${onGpus("cudaprobe_cold_start_baseline_duration_seconds", PROBE)})`,
        },
      ],
    }),
    byDriver(),
  ];
}

function byDriver(): Drawing {
  const driver = onHosts("cudaprobe_driver_info");
  return timeSeries({
    ...SIZE,
    title: "By driver",
    description:
      "The mean of the last runs of the chosen hosts, by the version of their driver: a roll-out is a line that ends and one that begins.",
    unit: "s",
    queries: [
      {
        legend: "{{driver_version}}",
        expr: `avg by (driver_version) (
  ${LAST} * on (job, instance) group_left (driver_version) ${driver}
)`,
      },
    ],
  });
}
