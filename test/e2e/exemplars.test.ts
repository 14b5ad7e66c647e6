import { expect, test } from "vitest";
import { startDaemon, type RunningDaemon } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";
import { startPrometheus, type Exemplar } from "../support/prometheus.ts";
import { until } from "../support/until.ts";

const CONFIG = `probes:
  - { name: start, kind: cold_start, schedule: "* * * * * *", jit_cache: cold }
`;

const TOTAL = "cudaprobe_cold_start_duration_seconds";

/** One with the suffix of a counter, of info and of a bucket's bound, and one of the daemon's own process. */
const SERIES = [
  "cudaprobe_runs_total > 0",
  "cudaprobe_build_info == 1",
  `${TOTAL}_bucket{le="+Inf"} > 0`,
  `${TOTAL}_bucket{le="1.0"}`,
  "process_cpu_seconds_total > 0",
];

test("Prometheus asks for OpenMetrics by itself, and keeps the runs that the buckets of cold starts name", async () => {
  await using emulator = await makeEmulator();
  await using daemon = await startDaemon({ config: CONFIG, emulator });
  await daemon.logged(["run succeeded"]);
  await using prometheus = await startPrometheus(daemon.address);
  const [exemplar] = await until("an exemplar", async () => {
    const found = await prometheus.exemplars(`${TOTAL}_bucket`);
    return found.length > 0 && found;
  });
  expectOfRun(exemplar, daemon);
  expect(await prometheus.query("up")).toMatchObject([{ value: 1 }]);
  const found = await Promise.all(SERIES.map(prometheus.query));
  expect(found.map((samples) => samples.length)).toEqual(SERIES.map(() => 1));
});

function expectOfRun(exemplar: Exemplar | undefined, daemon: RunningDaemon): void {
  if (exemplar === undefined) throw new Error("there is no exemplar");
  const { labels, seriesLabels, value, atSeconds } = exemplar;
  expect(Object.keys(labels)).toEqual(["run_id"]);
  const lines = daemon.log.filter((line) => line.includes(`run_id=${labels["run_id"] ?? ""}`));
  expect(lines).toEqual([expect.stringContaining("run succeeded")]);
  expect(seriesLabels).toMatchObject({ probe: "start", gpu: "0" });
  expect(value).toBeLessThanOrEqual(Number(seriesLabels["le"]));
  expect(Math.abs(Date.now() / 1000 - atSeconds)).toBeLessThan(60);
}

test("a run that ended is in the next scrape, in each format", async () => {
  await using emulator = await makeEmulator();
  await using daemon = await startDaemon({ config: CONFIG, emulator });
  let line = -1;
  for (const accept of ["text/plain", "application/openmetrics-text", "text/plain"]) {
    line = await daemon.logged(["run succeeded"], line + 1);
    const ended = daemon.log.filter((one) => one.includes("run succeeded")).length;
    const response = await fetch(`http://${daemon.address}/metrics`, { headers: { accept } });
    expect(response.headers.get("content-type")).toContain(accept);
    const count = /^cudaprobe_runs_total\{.*\} (\d+)$/m.exec(await response.text())?.[1];
    expect(Number(count)).toBeGreaterThanOrEqual(ended);
  }
});
