import { describe, expect, test } from "vitest";
import { samples, value } from "../metrics/exposition-text.ts";
import { curl } from "../support/curl.ts";
import { startDaemon } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";
import { checkMetrics } from "../support/promtool.ts";
import { ask, flags, probes, runsOf, startIdle } from "./asked-runs.ts";
import { ONCE } from "./first-run.ts";

const DURATION = "cudaprobe_cold_start_last_duration_seconds";
const OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

describe("GET /probe", () => {
  test("makes a run and tells of it alone, which the daemon counts once", async () => {
    await using emulator = await makeEmulator();
    await using daemon = await startIdle(emulator, "start");
    const { status, text, headers } = await ask(daemon, "probe=start&gpu=0");
    expect([status, headers.get("content-type")]).toEqual([
      200,
      "text/plain; version=0.0.4; charset=utf-8",
    ]);
    expect(value(text, "cudaprobe_probe_success", { probe: "start", gpu: "0" })).toBe(1);
    expect(value(text, "cudaprobe_probe_duration_seconds")).toBeGreaterThan(0);
    expect(value(text, "cudaprobe_cold_start_duration_seconds_count")).toBe(1);
    const all = await daemon.scrape();
    expect(samples(text, DURATION)).toEqual(samples(all, DURATION));
    expect(await runsOf(daemon, "start")).toBe(2);
    expect(value(all, "cudaprobe_cold_start_duration_seconds_count")).toBe(2);
    expect(daemon.log.filter((line) => line.includes("run succeeded"))).toHaveLength(2);
    expect(checkMetrics(text)).toEqual({ code: 0, output: "" });
  });

  test("answers in OpenMetrics, and to debug=true with what the run wrote", async () => {
    await using emulator = await makeEmulator();
    await using daemon = await startIdle(emulator, "start");
    const open = await ask(daemon, "probe=start", {
      Accept: "application/openmetrics-text",
    });
    expect([open.status, open.headers.get("content-type")]).toEqual([200, OPEN_METRICS]);
    expect(open.text).toMatch(/run_id=.*\n# EOF\n$/s);
    const { text, headers } = await ask(daemon, "probe=start&debug=true");
    expect(headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(text).toMatch(
      /^probe: start\n.*outcome: success\n.*\nTranscript:\n.*"type":"result".*\nStandard error:\n.*\nMetrics:\n.*cudaprobe_probe_success/s,
    );
  });

  test("tells of a run that a gate skips why, and of one that fails", async () => {
    await using emulator = await makeEmulator();
    await using daemon = await startIdle(emulator, "start");
    await emulator.configure(["fault = call=cuMemAlloc_v2 code=2"]);
    const failed = await ask(daemon, "probe=start");
    expect(failed.status).toBe(200);
    expect(value(failed.text, "cudaprobe_probe_success")).toBe(0);
    expect(value(failed.text, "cudaprobe_run_last_failure_info", { reason: "oom" })).toBe(1);
    await daemon.configure(`${probes("start")}gates: { min_free_memory: 1024GiB }\n`);
    await daemon.ask("/-/reload", { method: "POST" });
    const skipped = await ask(daemon, "probe=start");
    expect(skipped.status).toBe(200);
    expect(value(skipped.text, "cudaprobe_probe_success")).toBe(0);
    const skips = ["cudaprobe_run_skips_total", { reason: "memory_floor" }] as const;
    expect(value(skipped.text, ...skips)).toBe(1);
    expect(value(await daemon.scrape(), ...skips)).toBe(1);
  });

  test("runs what is of the host without a GPU, and starts no program of the configuration's own", async () => {
    await using emulator = await makeEmulator();
    const config = `probes:
  - { name: memory, kind: process_memory, schedule: "${ONCE}" }
  - { name: engine, kind: cold_start, runtime: command, argv: [/bin/false], phases: [first_inference], schedule: "${ONCE}" }
`;
    await using daemon = await startDaemon({ config, emulator, flags });
    await daemon.logged(["run failed", "probe=engine"]);
    await daemon.logged(["run succeeded", "probe=memory"]);
    expect((await ask(daemon, "probe=memory")).status).toBe(200);
    expect((await ask(daemon, "probe=engine&gpu=0")).status).toBe(403);
    expect(await runsOf(daemon, "engine")).toBe(1);
  });

  test("is refused without running anything: by method, parameters, names, other sites and the missing flag", async () => {
    await using emulator = await makeEmulator();
    await using daemon = await startIdle(emulator, "start");
    const url = `http://${daemon.address}/probe`;
    const asked = await Promise.all([
      curl(`${url}?probe=start`, ["--head"]),
      curl(`${url}?probe=start`, ["--request", "POST"]),
      curl(url),
      curl(`${url}?probe=start&probe=start`),
      curl(`${url}?probe=start&argv=x`),
      curl(`${url}?probe=start&gpu=9`),
      curl(`${url}?probe=other`),
      curl(`${url}?probe=start`, ["--header", "X-Prometheus-Scrape-Timeout-Seconds: soon"]),
      curl(`${url}?probe=start`, ["--header", "Sec-Fetch-Site: cross-site"]),
    ]);
    expect(asked.map(({ status }) => status)).toEqual([
      405, 405, 400, 400, 400, 404, 404, 400, 403,
    ]);
    expect(await runsOf(daemon, "start")).toBe(1);
    await using plain = await startDaemon({ config: probes("start"), emulator });
    const refused = await plain.get("/probe?probe=start");
    expect(refused).toMatchObject({
      status: 403,
      text: expect.stringContaining("--web.enable-lifecycle"),
    });
  });
});
