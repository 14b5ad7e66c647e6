import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { coldStart } from "../../src/probes/cold-start.ts";
import { samples, value } from "../metrics/exposition-text.ts";
import { checkMetrics } from "../support/promtool.ts";
import { startDaemon, type RunningDaemon } from "../support/daemon.ts";
import { makeEmulator, type EmulatorDirectory } from "../support/emulator.ts";
import { nameOfLateProbe, ONCE } from "./first-run.ts";

describe("a daemon on the emulator", () => {
  let emulator: EmulatorDirectory;
  let daemon: RunningDaemon;
  let probe = "";
  let before = "";
  let after = "";

  beforeAll(async () => {
    emulator = await makeEmulator();
    probe = await nameOfLateProbe();
    // With a cold cache no run is left out of the histograms.
    const config = `probes: [{ name: ${probe}, kind: cold_start, schedule: "${ONCE}", jit_cache: cold }]\n`;
    daemon = await startDaemon({ config, emulator });
    await daemon.logged(["the driver answers"]);
    before = await daemon.scrape();
    await daemon.logged(["run succeeded", `probe=${probe}`, "gpu=0"]);
    after = await daemon.scrape();
  });

  afterAll(async () => {
    await daemon[Symbol.asyncDispose]();
    await emulator[Symbol.asyncDispose]();
  });

  test("has the series that are known at 0 before the first run", () => {
    expect(value(before, "cudaprobe_cold_start_duration_seconds_count", { probe })).toBe(0);
    expect(value(before, "cudaprobe_runs_total", { probe })).toBe(0);
    for (const family of ["cudaprobe_run_failures_total", "cudaprobe_run_skips_total"]) {
      expect(value(before, family, { probe, reason: "oom" }) ?? 0).toBe(0);
      expect(samples(before, family).length).toBeGreaterThan(3);
    }
    for (const phase of coldStart.measurement({}).phases) {
      const count = "cudaprobe_cold_start_phase_duration_seconds_count";
      expect(value(before, count, { phase })).toBe(0);
    }
  });

  test("has no figure of a run before the first run", () => {
    expect(samples(before, "cudaprobe_cold_start_last_duration_seconds")).toEqual([]);
    expect(samples(before, "cudaprobe_cold_start_phase_last_duration_seconds")).toEqual([]);
    expect(samples(before, "cudaprobe_run_success")).toEqual([]);
    expect(samples(before, "cudaprobe_run_last_timestamp_seconds")).toEqual([]);
  });

  test("has counted the run and its phases after it", () => {
    expect(value(after, "cudaprobe_cold_start_duration_seconds_count", { probe })).toBe(1);
    for (const phase of coldStart.measurement({}).phases) {
      const labels = { probe, phase };
      expect(value(after, "cudaprobe_cold_start_phase_duration_seconds_count", labels)).toBe(1);
    }
    expect(value(after, "cudaprobe_runs_total", { probe })).toBe(1);
    expect(value(after, "cudaprobe_run_success", { probe })).toBe(1);
  });

  test("has the last run's figures, and the histogram's sum is made of them", () => {
    const last = value(after, "cudaprobe_cold_start_last_duration_seconds", { probe });
    expect(last).toBeGreaterThan(0);
    expect(value(after, "cudaprobe_cold_start_duration_seconds_sum", { probe })).toBe(last);
    const phases = samples(after, "cudaprobe_cold_start_phase_last_duration_seconds{");
    expect(phases).toHaveLength(coldStart.measurement({}).phases.length);
  });

  test("gives the last run's end as a time that is now", () => {
    const now = Date.now() / 1000;
    const ended = value(after, "cudaprobe_run_last_timestamp_seconds", { probe }) ?? 0;
    expect(now - ended).toBeGreaterThanOrEqual(0);
    expect(now - ended).toBeLessThan(60);
    const succeeded = value(after, "cudaprobe_run_last_success_timestamp_seconds", { probe });
    expect(succeeded).toBe(ended);
  });

  test("says that its figures are emulated: in the log, in the metrics and on the page", async () => {
    expect(daemon.log.join("\n")).toContain('level=warn msg="THE EMULATOR STANDS IN');
    expect(samples(after, 'cudaprobe_driver_info{backend="emulator"')).toHaveLength(1);
    expect(samples(after, 'cudaprobe_driver_info{backend="nvidia"')).toEqual([]);
    const page = await daemon.get("/");
    expect(page.status).toBe(200);
    expect(page.text).toMatch(/role="alert">\s*<strong>EMULATED<\/strong>/);
    expect(page.text).toContain(probe);
  });

  test("is up, and its metrics have nothing that promtool complains of", () => {
    expect(value(after, "cudaprobe_up")).toBe(1);
    expect(value(after, "cudaprobe_gpu_up", { gpu: "0" })).toBe(1);
    expect(checkMetrics(after)).toEqual({ code: 0, output: "" });
  });
});

describe("readiness", () => {
  const config = "probes: []\n";

  test("is not given before the devices were listed, and is from then on", async () => {
    await using emulator = await makeEmulator([
      "fault = call=nvmlInit_v2 scope=host slow_seconds=200",
    ]);
    await using daemon = await startDaemon({ config, emulator });
    const early = await daemon.get("/-/ready");
    expect(early.status).toBe(503);
    expect(early.text).toContain("the devices were not listed yet");
    expect((await daemon.get("/-/healthy")).status).toBe(200);
    expect(samples(await daemon.scrape(), "cudaprobe_up")).toEqual([]);
    await daemon.logged(["the driver answers"]);
    expect((await daemon.get("/-/ready")).status).toBe(200);
  });

  test("is given although no driver answers", async () => {
    await using emulator = await makeEmulator(["fault = call=nvmlInit_v2 code=9"]);
    await using daemon = await startDaemon({ config, emulator });
    await daemon.logged(["no driver answers"]);
    expect((await daemon.get("/-/ready")).status).toBe(200);
  });
});
