import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { samples, value } from "../metrics/exposition-text.ts";
import { checkMetrics } from "../support/promtool.ts";
import { runCudaprobe, startDaemon, type RunningDaemon } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";
import { nativeFile } from "../support/native.ts";
import { startSleepers } from "../support/sleepers.ts";
import { MIB, tenant } from "../support/tenants.ts";
import { until } from "../support/until.ts";

const PROCESS = "cudaprobe_gpu_process_memory_bytes";
const USED = "cudaprobe_gpu_memory_bytes";

function config(more = "", limits = "{}"): string {
  return `probes:
  - { name: memory, kind: process_memory, schedule: "* * * * * *", ${more} }
limits: ${limits}
driver: { refresh: 200ms }
`;
}

/** Waits for a run that comes after all that was logged before. */
async function nextRun(daemon: RunningDaemon, said = "run succeeded"): Promise<void> {
  await daemon.logged([said, "probe=memory"], daemon.log.length);
}

describe("the memory of processes", () => {
  test("is exported by process, and goes with the process at the next sample", async () => {
    await using sleepers = await startSleepers(2);
    const [first, second] = sleepers.pids;
    await using emulator = await makeEmulator([tenant(first, 30), tenant(second, 20)]);
    await using daemon = await startDaemon({ config: config(), emulator });
    await nextRun(daemon);
    const text = await daemon.scrape();
    const labels = { process_name: "sleep", client: "compute", gpu: "0", mig_uuid: "" };
    expect(value(text, PROCESS, { ...labels, pid: String(first) })).toBe(30 * MIB);
    expect(value(text, PROCESS, { ...labels, pid: String(second) })).toBe(20 * MIB);
    expect(value(text, "cudaprobe_gpu_processes", { client: "compute" })).toBe(2);
    expect(value(text, USED, { state: "used" })).toBe(50 * MIB);
    expect(value(text, "cudaprobe_gpu_unattributed_memory_bytes")).toBe(0);
    expect(checkMetrics(text)).toEqual({ code: 0, output: "" });

    await sleepers.end(second ?? 0);
    await nextRun(daemon);
    await nextRun(daemon);
    const later = await daemon.scrape();
    expect(samples(later, `${PROCESS}{`)).toHaveLength(1);
    expect(value(later, PROCESS, { pid: String(first) })).toBe(30 * MIB);
  });

  test("is not told again after a run that failed, and is back with the next success", async () => {
    await using sleepers = await startSleepers(1);
    const lines = [tenant(sleepers.pids[0], 30)];
    await using emulator = await makeEmulator(lines);
    await using daemon = await startDaemon({ config: config(), emulator });
    await nextRun(daemon);
    const list = "nvmlDeviceGetGraphicsRunningProcesses_v3";
    await emulator.configure([...lines, `fault = call=${list} code=4`]);
    await nextRun(daemon, "run failed");
    const text = await daemon.scrape();
    expect(samples(text, "cudaprobe_gpu_process")).toEqual([]);
    expect(samples(text, "cudaprobe_gpu_memory")).toEqual([]);
    const failure = { probe: "memory", reason: "permission", phase: "list" };
    expect(value(text, "cudaprobe_run_last_failure_info", failure)).toBe(1);
    expect(value(text, "cudaprobe_up")).toBe(1);
    await emulator.configure(lines);
    await nextRun(daemon);
    expect(value(await daemon.scrape(), PROCESS)).toBe(30 * MIB);
  });

  test("survives an NVML that hangs: a timeout, and the next run", async () => {
    await using sleepers = await startSleepers(1);
    const lines = [tenant(sleepers.pids[0], 30)];
    const hang = "fault = call=nvmlDeviceGetMPSComputeRunningProcesses_v3 hang=true";
    await using emulator = await makeEmulator([...lines, hang]);
    await using daemon = await startDaemon({ config: config("timeout: 3s"), emulator });
    await nextRun(daemon, "run failed");
    const text = await daemon.scrape();
    const failures = "cudaprobe_run_failures_total";
    expect(value(text, failures, { reason: "timeout" })).toBeGreaterThan(0);
    expect(value(text, "cudaprobe_run_last_failure_info", { phase: "list" })).toBe(1);
    expect(samples(text, PROCESS)).toEqual([]);
    await emulator.configure(lines);
    await nextRun(daemon);
    expect(value(await daemon.scrape(), PROCESS)).toBe(30 * MIB);
  });

  test("is absent, with the reason, where NVML is missing while CUDA is there", async () => {
    await using emulator = await makeEmulator();
    const libraries = `driver:
  refresh: 200ms
  libcuda: ${nativeFile("emulator/libcuda.so.1")}
  libnvidia_ml: ${join(emulator.path, "libnvidia-ml.so.1")}
`;
    const text = config().replace(/driver: .*\n/, libraries);
    await using daemon = await startDaemon({ config: text });
    await nextRun(daemon, "run left out");
    const scraped = await daemon.scrape();
    expect(value(scraped, "cudaprobe_up")).toBe(0);
    const skips = { probe: "memory", reason: "no_library" };
    expect(value(scraped, "cudaprobe_run_skips_total", skips)).toBeGreaterThan(0);
    expect(samples(scraped, "cudaprobe_gpu_memory")).toEqual([]);
  });
});

describe("the series of processes", () => {
  test("are as many as the config says, and one sum, which a reload changes", async () => {
    await using sleepers = await startSleepers(4);
    await using emulator = await makeEmulator(
      sleepers.pids.map((pid, index) => tenant(pid, 10 * (index + 1))),
    );
    const few = config("", "{ processes_per_device: 1 }");
    await using daemon = await startDaemon({ config: few, emulator });
    await nextRun(daemon);
    const text = await daemon.scrape();
    const overflow = "cudaprobe_gpu_process_overflow_memory_bytes";
    expect(value(text, PROCESS)).toBe(40 * MIB);
    expect(value(text, overflow)).toBe(60 * MIB);
    await daemon.configure(config("", "{ processes_per_device: 3 }"));
    daemon.signal("SIGHUP");
    await daemon.logged(["config reloaded"]);
    await nextRun(daemon);
    await nextRun(daemon);
    const more = await daemon.scrape();
    expect(samples(more, `${PROCESS}{`)).toHaveLength(3);
    expect(value(more, overflow)).toBe(10 * MIB);
  });

  test("have no pid where the config wants none, and are summed", async () => {
    await using sleepers = await startSleepers(3);
    await using emulator = await makeEmulator(sleepers.pids.map((pid) => tenant(pid, 10)));
    await using daemon = await startDaemon({ config: config("pid: false"), emulator });
    await nextRun(daemon);
    const text = await daemon.scrape();
    expect(value(text, PROCESS, { pid: "", process_name: "sleep" })).toBe(30 * MIB);
  });
});

describe("a host whose GPU sleeps", () => {
  const SLEEPING = ["persistence_mode = disabled"];
  const INTERVAL = "cudaprobe_probe_interval_seconds";

  test("is looked at every five minutes", async () => {
    await using emulator = await makeEmulator(SLEEPING);
    await using daemon = await startDaemon({ config: config(), emulator });
    await daemon.logged(["run succeeded", "probe=memory"]);
    expect(value(await daemon.scrape(), INTERVAL, { probe: "memory" })).toBe(300);
    await daemon.configure(config("wake: true"));
    daemon.signal("SIGHUP");
    await daemon.logged(["config reloaded"]);
    await until("the config's own interval", async () => {
      return value(await daemon.scrape(), INTERVAL, { probe: "memory" }) === 1;
    });
    await nextRun(daemon);
  });

  test("is told so by cudaprobe check", async () => {
    await using emulator = await makeEmulator(SLEEPING);
    const { exitCode, out } = await runCudaprobe(["check"], { emulator });
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^process_memory +process_memory +300 s +would run$/m);
    expect(out).toContain(
      "process_memory wakes it, and so is made every 300 s rather than every 15 s",
    );
  });
});
