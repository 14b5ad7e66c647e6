import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { value } from "../metrics/exposition-text.ts";
import { curl } from "../support/curl.ts";
import { runCudaprobe, startDaemon, type RunningDaemon } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";
import { until } from "../support/until.ts";
import { askSlow, flags, SLOW, startIdle } from "./asked-runs.ts";

const PAUSED = "cudaprobe_paused";

/** A probe of the host and one of each GPU, every second. */
function config(pauseFile?: string): string {
  const gates = pauseFile === undefined ? "" : `gates: { pause_file: ${pauseFile} }\n`;
  return `probes:
  - { name: memory, kind: process_memory, schedule: "* * * * * *" }
  - { name: start, kind: cold_start, schedule: "* * * * * *" }
driver: { refresh: 200ms }
${gates}`;
}

/** A pause file that is there, and a config that names it. */
async function writeFiles(directory: string): Promise<readonly string[]> {
  const [file = "", configFile = ""] = ["pause", "cudaprobe.yml"].map((name) =>
    join(directory, name),
  );
  await writeFile(file, "");
  await writeFile(configFile, config(file));
  return [file, configFile];
}

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

describe("a pause file and who makes runs by hand", () => {
  test.each([
    ["run", "cold_start"],
    ["run", "process_memory"],
    ["baseline", "set"],
  ])("keeps cudaprobe %s %s from even a look at the driver", async (...command) => {
    await using emulator = await makeEmulator();
    await using directory = await makeTemporaryDirectory();
    const [file = "", configFile = ""] = await writeFiles(directory.path);
    const args = [...command, "--iterations=2", `--config.file=${configFile}`];
    const { exitCode, out, error } = await runCudaprobe(args, { emulator });
    expect([exitCode, out]).toEqual([1, ""]);
    expect(error).toBe(
      `cudaprobe: paused: ${file} is there, so nothing is started (${configFile})`,
    );
    expect(emulator.isLoaded()).toBe(false);
    await rm(file);
    expect((await runCudaprobe(args, { emulator })).exitCode).toBe(0);
  });

  test("has a series left out from when it is there", async () => {
    await using emulator = await makeEmulator([SLOW]);
    await using directory = await makeTemporaryDirectory();
    const [file = "", configFile = ""] = await writeFiles(directory.path);
    await rm(file);
    const args = ["run", "cold_start", "--iterations=3", "--format=json", "--jit-cache=cold"];
    const running = runCudaprobe([...args, `--config.file=${configFile}`], { emulator });
    await until("a run in flight", () => emulator.faultedCalls() > 0);
    await writeFile(file, "");
    const { exitCode, out } = await running;
    expect(exitCode).toBe(0);
    const skipped = { outcome: "skipped", reason: "paused", message: `${file} is there` };
    expect(JSON.parse(out)).toMatchObject({
      iterations: [{ outcome: "success" }, skipped, skipped],
    });
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
