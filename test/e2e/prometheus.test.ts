import { expect, test } from "vitest";
import { startDaemon } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";
import { startPrometheus } from "../support/prometheus.ts";
import { until } from "../support/until.ts";

const CONFIG = `probes:
  - { name: start, kind: cold_start, schedule: "* * * * * *", jit_cache: cold }
`;

test("Prometheus scrapes the daemon, and sees runs and no problem with it", async () => {
  await using emulator = await makeEmulator();
  await using daemon = await startDaemon({ config: CONFIG, emulator });
  await daemon.logged(["run succeeded"]);
  await using prometheus = await startPrometheus(daemon.address);
  const [runs] = await until("a scrape with runs", async () => {
    const found = await prometheus.query("cudaprobe_cold_start_duration_seconds_count > 0");
    return found.length > 0 && found;
  });
  expect(runs?.labels).toMatchObject({ probe: "start", gpu: "0", runtime: "driver" });
  expect(await prometheus.query("up")).toMatchObject([{ value: 1 }]);
  expect(await prometheus.query("cudaprobe_up")).toMatchObject([{ value: 1 }]);
  expect(await prometheus.query("cudaprobe_run_success")).toMatchObject([{ value: 1 }]);
  const all = await prometheus.query("scrape_samples_scraped");
  expect(all[0]?.value).toBeGreaterThan(100);

  daemon.signal("SIGTERM");
  expect(await daemon.ended).toBe(0);
  await until("a scrape of the daemon that has stopped", async () => {
    const [up] = await prometheus.query("up");
    return up?.value === 0;
  });
});
