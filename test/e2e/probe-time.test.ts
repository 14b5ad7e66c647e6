import { describe, expect, test } from "vitest";
import { value } from "../metrics/exposition-text.ts";
import { curl } from "../support/curl.ts";
import { makeEmulator } from "../support/emulator.ts";
import { ask, askSlow, runsOf, startIdle } from "./asked-runs.ts";

describe("a run that somebody asked for", () => {
  test("keeps others from asking for the same target, which is no skip", async () => {
    await using emulator = await makeEmulator();
    await using daemon = await startIdle(emulator, "slow");
    const [slow] = await askSlow(daemon, emulator);
    const second = await daemon.get("/probe?probe=slow");
    expect(second).toMatchObject({ status: 409, text: expect.stringContaining("busy") });
    expect((await slow)?.status).toBe(200);
    const text = await daemon.scrape();
    expect(value(text, "cudaprobe_runs_total")).toBe(2);
    expect(value(text, "cudaprobe_run_skips_total", { reason: "in_flight" })).toBe(0);
  });

  test("leaves the queue when its time is over or nobody listens, and is not counted then", async () => {
    await using emulator = await makeEmulator();
    await using daemon = await startIdle(emulator, "slow", "other");
    const [slow] = await askSlow(daemon, emulator);
    const limited = await ask(daemon, "probe=other", {
      "X-Prometheus-Scrape-Timeout-Seconds": "0.7",
    });
    expect(limited.status).toBe(503);
    const { status } = await curl(`http://${daemon.address}/probe?probe=other`, [
      "--max-time",
      "0.3",
    ]);
    expect(status).toBe(0);
    expect((await slow)?.status).toBe(200);
    expect(await runsOf(daemon, "other")).toBe(1);
    // Its place is free again.
    expect((await ask(daemon, "probe=other")).status).toBe(200);
    expect(await runsOf(daemon, "other")).toBe(2);
  });

  test("goes on when its time is over while it runs, and is counted as what it was", async () => {
    await using emulator = await makeEmulator();
    await using daemon = await startIdle(emulator, "slow");
    const from = daemon.log.length;
    const [slow] = await askSlow(daemon, emulator, {
      "X-Prometheus-Scrape-Timeout-Seconds": "1.5",
    });
    expect(await slow).toMatchObject({ status: 504, text: expect.stringContaining("goes on") });
    await daemon.logged(["run succeeded", "probe=slow"], from);
    expect(await runsOf(daemon, "slow")).toBe(2);
  });

  test("is ended in order with the daemon", async () => {
    await using emulator = await makeEmulator();
    await using daemon = await startIdle(emulator, "slow");
    const [slow] = await askSlow(daemon, emulator);
    daemon.signal("SIGTERM");
    expect((await slow)?.status).toBe(503);
    expect(await daemon.ended).toBe(0);
  });
});
