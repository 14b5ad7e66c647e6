import { describe, test } from "vitest";
import { samples, value } from "../metrics/exposition-text.ts";
import { startDaemon } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";
import { processesOf } from "../support/processes.ts";
import { until } from "../support/until.ts";

const CONFIG = `probes:
  - { name: start, kind: cold_start, schedule: "* * * * * *", jitter: 0s, timeout: 500ms }
driver: { refresh: 200ms, timeout: 500ms }
`;

// What hangs in the driver does not hear SIGTERM, and is given 10 s before SIGKILL: so these wait side by side.
describe.concurrent("what hangs in the driver", () => {
  test("a probe is a timeout in init, and neither the daemon nor later runs hang with it", async ({
    expect,
  }) => {
    await using emulator = await makeEmulator();
    await using daemon = await startDaemon({ config: CONFIG, emulator });
    await daemon.logged(["run succeeded"]);
    await emulator.configure(["fault = call=cuInit scope=host hang=true"]);
    await until("the call that hangs", () => emulator.faultedCalls() > 0);
    // What is due meanwhile is dropped, and not put off.
    const from = daemon.log.length;
    const dropped = await daemon.logged(["run left out", "reason=in_flight"], from);
    expect((await daemon.get("/-/healthy")).status).toBe(200);
    await emulator.configure([]);
    const line = await daemon.logged(["run failed", "outcome=timeout", "phase=init"], dropped);
    const text = await daemon.scrape();
    const labels = { probe: "start", reason: "timeout" };
    expect(value(text, "cudaprobe_run_failures_total", labels)).toBe(1);
    expect(value(text, "cudaprobe_run_last_failure_info", { ...labels, phase: "init" })).toBe(1);
    expect(samples(text, "cudaprobe_cold_start_last_duration")).toEqual([]);
    expect(value(text, "cudaprobe_up")).toBe(1);
    await daemon.logged(["run succeeded"], line);
    daemon.signal("SIGTERM");
    expect(await daemon.ended).toBe(0);
    expect(processesOf(daemon.storageDirectory)).toEqual([]);
  });

  test("NVML makes the driver one that does not answer, until it does", async ({ expect }) => {
    await using emulator = await makeEmulator(["fault = call=nvmlInit_v2 hang=true"]);
    await using daemon = await startDaemon({ config: CONFIG, emulator });
    expect((await daemon.get("/-/ready")).status).toBe(503);
    expect((await daemon.get("/-/healthy")).status).toBe(200);
    const line = await daemon.logged(["no driver answers", "reason=timeout"]);
    await emulator.configure([]);
    const text = await daemon.scrape();
    expect(value(text, "cudaprobe_up")).toBe(0);
    expect(value(text, "cudaprobe_driver_error", { reason: "timeout" })).toBe(1);
    expect((await daemon.get("/-/ready")).status).toBe(200);
    // The listing after it may have begun before the driver was mended.
    await daemon.logged(["the driver answers"], line);
    await daemon.logged(["run succeeded"], line);
    const mended = await daemon.scrape();
    expect(value(mended, "cudaprobe_up")).toBe(1);
    expect(samples(mended, "cudaprobe_driver_error")).toEqual([]);
  });

  test("a stop during it is in order, and kills what does not end", async ({ expect }) => {
    await using emulator = await makeEmulator(["fault = call=cuInit scope=host hang=true"]);
    await using daemon = await startDaemon({ config: CONFIG, emulator });
    await until("the call that hangs", () => emulator.faultedCalls() > 0);
    daemon.signal("SIGTERM");
    expect(await daemon.ended).toBe(0);
    expect(processesOf(daemon.storageDirectory)).toEqual([]);
  });
});
