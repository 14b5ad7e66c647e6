import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { runCudaprobe, startDaemon } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";
import { until } from "../support/until.ts";
import { outlineMetrics } from "./outline-metrics.ts";

const GOLDEN = resolve(import.meta.dirname, "golden/metrics.txt");

const CONFIG = `probes:
  - { name: start, kind: cold_start, schedule: "* * * * * *" }
  - { name: memory, kind: process_memory, schedule: "* * * * * *" }
  - { name: footprint, kind: footprint, schedule: "* * * * * *", mps: true }
  - { name: density, kind: density, schedule: "*/2 * * * * *", max_instances: 2 }
  - { name: function, kind: function_ipc, schedule: "*/2 * * * * *", sizes: [4KiB] }
  - { name: handle, kind: cuda_ipc, schedule: "*/2 * * * * *", sizes: [4KiB], between_gpus: true }
limits: { duty_cycle: 100% }
`;

/** Somebody has to hold memory. */
const TENANT = `tenant = gpu=0 pid=${process.pid} type=compute bytes=2097152`;

/** What comes late, or goes when a run is left out, which happens to schedules of a second on a busy machine. */
const AT_TIMES = [
  "host_info",
  "cold_start_baseline_duration_seconds",
  "cold_start_last_duration_seconds",
  "footprint_bytes",
  "host_link_bytes_per_second",
  "host_link_downtrained",
  "ipc_link_info",
  "ipc_transfer_last_duration_seconds",
  "density_instances",
];

// What is scraped is an interface: other people's dashboards and alerts have these names. UPDATE_GOLDEN=1 takes over what there is.
test("the names, types and labels of what is scraped are those of test/e2e/golden/metrics.txt", async () => {
  await using emulator = await makeEmulator([TENANT]);
  await using daemon = await startDaemon({ config: CONFIG, emulator });
  const flags = [`--config.file=${daemon.configFile}`, `--storage.path=${daemon.storageDirectory}`];
  await runCudaprobe(["baseline", "set", "--seconds=250ms", ...flags], { emulator });
  for (const probe of ["start", "memory", "footprint", "density", "function", "handle"]) {
    await daemon.logged(["run succeeded", `probe=${probe}`]);
  }
  let good = "";
  await until("a scrape with all that goes when a run is left out", async () => {
    good = await daemon.scrape();
    return AT_TIMES.every((series) => good.includes(`cudaprobe_${series}{`));
  });
  await emulator.configure(["fault = call=cuInit code=803"]);
  await daemon.logged(["no driver answers"]);
  await until("a target that waits, and one that was left out", async () => {
    const text = await daemon.scrape();
    return ["retry", "last_skip"].every((when) => text.includes(`run_${when}_timestamp_seconds{`));
  });
  const bad = await daemon.scrape();

  const outline = outlineMetrics([good, bad]);
  if (process.env["UPDATE_GOLDEN"] === "1") await writeFile(GOLDEN, outline);
  expect(outline).toBe(await readFile(GOLDEN, "utf8"));
});
