import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { value } from "../metrics/exposition-text.ts";
import { curl } from "../support/curl.ts";
import { runCudaprobe, startDaemon, type RunningDaemon } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";
import { until } from "../support/until.ts";
import { askSlow, flags, startIdle } from "./asked-runs.ts";
import { config } from "./pause-files.ts";

const PAUSED = "cudaprobe_paused";

async function state(daemon: RunningDaemon): Promise<unknown> {
  return JSON.parse((await daemon.get("/api/pause")).text);
}

async function skips(daemon: RunningDaemon, probe: string): Promise<number | undefined> {
  return value(await daemon.scrape(), "cudaprobe_run_skips_total", { probe, reason: "paused" });
}

describe("a pause file", () => {
  test("keeps a daemon that starts from starting anything, until it goes", async () => {
    await using emulator = await makeEmulator();
    await using directory = await makeTemporaryDirectory();
    const file = join(directory.path, "pause");
    await writeFile(file, "");
    await using daemon = await startDaemon({ config: config(file), emulator });
    await daemon.logged(["run left out", "reason=paused", "probe=memory"]);
    expect(emulator.isLoaded()).toBe(false);
    expect((await daemon.get("/-/ready")).status).toBe(200);
    const text = await daemon.scrape();
    expect(value(text, PAUSED)).toBe(1);
    expect(value(text, "cudaprobe_up")).toBeUndefined();
    expect(value(text, "cudaprobe_runs_total", { probe: "memory" })).toBe(0);
    expect(await state(daemon)).toMatchObject({ paused: true, by: "file", idle: true });
    expect((await daemon.get("/")).text).toContain(`Paused: ${file} is there`);
    await rm(file);
    await daemon.logged(["resumed"]);
    await daemon.logged(["run succeeded", "probe=start"]);
    expect(value(await daemon.scrape(), PAUSED)).toBe(0);
    expect((await daemon.get("/")).text).not.toContain("Paused:");
  });

  test("stops one that runs, whose driver stays what it was", async () => {
    await using emulator = await makeEmulator();
    await using directory = await makeTemporaryDirectory();
    const file = join(directory.path, "pause");
    await using daemon = await startDaemon({ config: config(file), emulator });
    await daemon.logged(["run succeeded", "probe=start"]);
    expect(value(await daemon.scrape(), PAUSED)).toBe(0);
    await writeFile(file, "");
    const from = await daemon.logged(["paused: nothing is started", "by=file"]);
    await daemon.logged(["run left out", "reason=paused", "probe=start"], from);
    const text = await daemon.scrape();
    expect([value(text, PAUSED), value(text, "cudaprobe_up")]).toEqual([1, 1]);
    await until("nothing in flight", async () =>
      JSON.stringify(await state(daemon)).includes('"idle":true'),
    );
  });

  test("is told of by cudaprobe check", async () => {
    await using emulator = await makeEmulator();
    await using directory = await makeTemporaryDirectory();
    const [file, configFile] = ["pause", "cudaprobe.yml"].map((name) => join(directory.path, name));
    await writeFile(configFile ?? "", config(file));
    const check = async (): Promise<string> =>
      (await runCudaprobe(["check", `--config.file=${configFile ?? ""}`], { emulator })).out;
    expect(await check()).not.toContain("paused");
    await writeFile(file ?? "", "");
    expect(await check()).toContain(`paused: ${file ?? ""} is there`);
  });
});

describe("POST /api/pause", () => {
  test("pauses until POST /api/resume", async () => {
    await using emulator = await makeEmulator();
    await using daemon = await startDaemon({ config: config(), emulator, flags });
    await daemon.logged(["run succeeded", "probe=start"]);
    expect(await state(daemon)).toMatchObject({ paused: false });
    const { status, text } = await daemon.ask("/api/pause", { method: "POST" });
    expect([status, JSON.parse(text)]).toMatchObject([200, { paused: true, by: "request" }]);
    await until("a skip", async () => ((await skips(daemon, "start")) ?? 0) > 0);
    // The turn of the schedule may not be over yet, which is busy.
    await until("an answer", async () =>
      (await daemon.get("/probe?probe=start")).text.includes('reason="paused"'),
    );
    const from = daemon.log.length;
    const resumed = await daemon.ask("/api/resume", { method: "POST" });
    expect(JSON.parse(resumed.text)).toMatchObject({ paused: false });
    await daemon.logged(["run succeeded", "probe=start"], from);
  });

  test("with a time ends by itself", async () => {
    await using emulator = await makeEmulator();
    await using daemon = await startDaemon({ config: config(), emulator, flags });
    await daemon.ask("/api/pause?for=2s", { method: "POST" });
    expect(await state(daemon)).toMatchObject({ paused: true, untilSeconds: expect.any(Number) });
    expect((await daemon.get("/")).text).toMatch(/a request paused it, until [-\d]+ [:\d]+ UTC/);
    await daemon.logged(["resumed"]);
    await daemon.logged(["run succeeded", "probe=start"]);
  });

  test("lets a run in flight come to its end, and says when nothing is there any more", async () => {
    await using emulator = await makeEmulator();
    await using daemon = await startIdle(emulator, "slow");
    const [slow] = await askSlow(daemon, emulator);
    const { text } = await daemon.ask("/api/pause", { method: "POST" });
    expect(JSON.parse(text)).toMatchObject({ paused: true, idle: false });
    expect((await slow)?.text).toMatch(/^cudaprobe_probe_success.* 1$/m);
    await until("nothing in flight", async () =>
      JSON.stringify(await state(daemon)).includes('"idle":true'),
    );
  });

  test("is refused without the flag, with what it does not take, and from other sites", async () => {
    await using emulator = await makeEmulator();
    await using daemon = await startDaemon({ config: config(), emulator, flags });
    await using plain = await startDaemon({ config: config(), emulator });
    const post = ["--request", "POST"];
    const url = `http://${daemon.address}/api`;
    const asked = await Promise.all([
      curl(`${url}/pause?for=soon`, post),
      curl(`${url}/pause?for=1m&for=2m`, post),
      curl(`${url}/pause?minutes=5`, post),
      curl(`${url}/pause`, [...post, "--header", "Origin: http://elsewhere.example"]),
      curl(`${url}/pause`, ["--request", "DELETE"]),
      curl(`${url}/resume`),
      curl(`http://${plain.address}/api/pause`, post),
      curl(`http://${plain.address}/api/resume`, post),
    ]);
    expect(asked.map(({ status }) => status)).toEqual([400, 400, 400, 403, 405, 405, 403, 403]);
    expect(await state(daemon)).toMatchObject({ paused: false });
    expect(await state(plain)).toMatchObject({ paused: false });
  });
});
