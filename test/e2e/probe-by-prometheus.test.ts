import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { startDaemon } from "../support/daemon.ts";
import { gpuUuids } from "../support/emulated-gpus.ts";
import { makeEmulator } from "../support/emulator.ts";
import { startPrometheusWith } from "../support/prometheus.ts";
import { until } from "../support/until.ts";

const CONFIG = `probes:
  - { name: cold_start, kind: cold_start, schedule: "0 0 1 1 *", jit_cache: cold }
`;

/** The scrape config of the documentation, for another host and GPU, and in a hurry. */
async function readScrapeConfig(address: string, gpuUuid: string): Promise<string> {
  const page = await readFile(resolve(import.meta.dirname, "../../docs/operations.md"), "utf8");
  const [, config = ""] =
    /```yaml\n(scrape_configs:\n {2}- job_name: cudaprobe_probe\n.*?)```/s.exec(page) ?? [];
  return config
    .replace("gpu-host:10062", address)
    .replace(/GPU-[0-9a-f-]+/, gpuUuid)
    .replace("scrape_interval: 5m", "scrape_interval: 1s")
    .replace("scrape_timeout: 60s", "scrape_timeout: 1s");
}

test("Prometheus asks for runs by the scrape config of the documentation", async () => {
  await using emulator = await makeEmulator();
  const [uuid = ""] = await gpuUuids();
  await using daemon = await startDaemon({
    config: CONFIG,
    emulator,
    flags: ["--web.enable-lifecycle"],
  });
  await daemon.logged(["run succeeded"]);
  await using prometheus = await startPrometheusWith(await readScrapeConfig(daemon.address, uuid));
  const [success] = await until("a scrape that ran it", async () => {
    const found = await prometheus.query("cudaprobe_probe_success == 1");
    return found.length > 0 && found;
  });
  expect(success?.labels).toMatchObject({
    instance: daemon.address,
    job: "cudaprobe_probe",
    probe: "cold_start",
    gpu_uuid: uuid,
  });
  expect(success?.labels).not.toHaveProperty("host");
  expect(await prometheus.query("cudaprobe_cold_start_last_duration_seconds")).toHaveLength(1);
  expect(await prometheus.query("cudaprobe_runs_total")).toEqual([]);
});
