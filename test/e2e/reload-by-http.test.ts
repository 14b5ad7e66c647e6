import { describe, expect, test } from "vitest";
import { samples, value } from "../metrics/exposition-text.ts";
import { startDaemon, type DaemonAnswer, type RunningDaemon } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";
import { until } from "../support/until.ts";
import { ONCE } from "./first-run.ts";

const SUCCESSFUL = "cudaprobe_config_last_reload_successful";
const TIMESTAMP = "cudaprobe_config_last_reload_success_timestamp_seconds";
const COUNT = "cudaprobe_cold_start_duration_seconds_count";
const flags = ["--web.enable-lifecycle"];

/** A config of probes that run once, soon after the start. */
function probes(...names: readonly string[]): string {
  const lines = names.map(
    (name) => `  - { name: ${name}, kind: cold_start, schedule: "${ONCE}", jit_cache: cold }`,
  );
  return ["probes:", ...lines, ""].join("\n");
}

async function reload(daemon: RunningDaemon, config?: string): Promise<DaemonAnswer> {
  if (config !== undefined) await daemon.configure(config);
  return daemon.ask("/-/reload", { method: "POST" });
}

describe("POST /-/reload", () => {
  test("takes over what has changed: counts of what stays are kept, what went is gone, what came runs", async () => {
    await using emulator = await makeEmulator();
    await using daemon = await startDaemon({ config: probes("stays", "goes"), emulator, flags });
    await daemon.logged(["run succeeded", "probe=stays"]);
    await daemon.logged(["run succeeded", "probe=goes"]);
    expect(await daemon.scrape()).toContain('probe="goes"');
    expect(await reload(daemon, probes("stays", "comes"))).toMatchObject({ status: 200 });
    const after = await daemon.scrape();
    expect(value(after, COUNT, { probe: "stays" })).toBe(1);
    expect(after).not.toContain('probe="goes"');
    await daemon.logged(["run succeeded", "probe=comes"]);
  });

  test("lets a run in flight come to its end, which is counted", async () => {
    await using emulator = await makeEmulator([
      "fault = call=cuMemAlloc_v2 scope=host nth=1 slow_seconds=200",
    ]);
    await using daemon = await startDaemon({ config: probes("start"), emulator, flags });
    await until("a run in flight", () => emulator.faultedCalls() > 0);
    expect(await reload(daemon, probes("start", "other"))).toMatchObject({ status: 200 });
    expect(daemon.log.join("\n")).not.toMatch(/msg="run [a-z]+" probe=start /);
    await daemon.logged(["run succeeded", "probe=start"]);
    expect(value(await daemon.scrape(), COUNT, { probe: "start" })).toBe(1);
  });

  test("says of a bad file what is wrong with it, keeps the old one, and takes it once it is mended", async () => {
    await using emulator = await makeEmulator();
    await using daemon = await startDaemon({ config: probes("start"), emulator, flags });
    await daemon.logged(["run succeeded"]);
    const good = await daemon.scrape();
    const refused = await reload(daemon, "probes:\n  - { name: start }\n");
    expect(refused.status).toBe(500);
    expect(refused.text).toContain(`${daemon.configFile}:2:5: probes[0].kind: `);
    const bad = await daemon.scrape();
    expect(value(bad, SUCCESSFUL)).toBe(0);
    expect(value(bad, TIMESTAMP)).toBe(value(good, TIMESTAMP));
    expect(value(bad, COUNT, { probe: "start" })).toBe(1);
    expect((await reload(daemon, probes("start", "other"))).status).toBe(200);
    const mended = await daemon.scrape();
    expect(value(mended, SUCCESSFUL)).toBe(1);
    expect(value(mended, TIMESTAMP)).toBeGreaterThan(value(good, TIMESTAMP) ?? Infinity);
  });

  test("of the same text is a success after which nothing runs and nothing is another", async () => {
    await using emulator = await makeEmulator();
    await using daemon = await startDaemon({ config: probes("start"), emulator, flags });
    await daemon.logged(["run succeeded"]);
    const before = samples(await daemon.scrape(), "cudaprobe_run");
    expect(await reload(daemon)).toMatchObject({
      status: 200,
      text: "The config is what it was.\n",
    });
    expect(samples(await daemon.scrape(), "cudaprobe_run")).toEqual(before);
  });

  test("many at once are done in turn, and each is answered", async () => {
    await using emulator = await makeEmulator();
    await using daemon = await startDaemon({ config: probes("start"), emulator, flags });
    await daemon.configure(probes("start", "other"));
    const answers = await Promise.all(Array.from({ length: 20 }, async () => reload(daemon)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const texts = answers.map(({ text }) => text);
    expect(texts.filter((text) => text.includes("reloaded"))).toHaveLength(1);
    expect(daemon.log.filter((line) => line.includes("config reloaded"))).toHaveLength(20);
  });

  test("is refused without the flag, and the config stays", async () => {
    await using emulator = await makeEmulator();
    await using daemon = await startDaemon({ config: probes("start"), emulator });
    const { status, text } = await reload(daemon, probes("start", "other"));
    expect([status, text]).toEqual([403, expect.stringContaining("--web.enable-lifecycle")]);
    await daemon.logged(["run succeeded", "probe=start"]);
    expect(await daemon.scrape()).not.toContain('probe="other"');
  });
});
