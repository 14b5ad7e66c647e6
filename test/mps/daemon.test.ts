import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { MpsDaemon } from "../../src/mps/daemon.ts";
import { holdLane } from "../support/hold-lane.ts";
import { killAllOf, pidsOf, processesOf, untilRuns } from "../support/processes.ts";
import { isRunning } from "../support/runs.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";
import { until } from "../support/until.ts";
import { startedStandIn, startStandIn } from "./start-stand-in.ts";

/** The daemon's log as its stand-in writes it: a line a command. */
function commands(pipeDirectory: string): readonly string[] {
  return readFileSync(join(dirname(pipeDirectory), "log/control.log"), "utf8")
    .trim()
    .split("\n");
}

/** The logs of all daemons in a directory, as far as there are any. */
function said(parent: string): string {
  const logs = readdirSync(parent).map((name) => join(parent, name, "log/control.log"));
  return logs
    .filter(existsSync)
    .map((file) => readFileSync(file, "utf8"))
    .join("");
}

async function foundServer(daemon: MpsDaemon): Promise<number> {
  const server = await daemon.findServer();
  if (!server.ok) throw new Error(server.error);
  return server.value;
}

describe("an MPS daemon", () => {
  test("lives in directories that are ours alone, and answers there", async () => {
    await using parent = await makeTemporaryDirectory();
    const daemon = await startedStandIn(parent.path);
    const name = dirname(daemon.pipeDirectory).split("/").at(-1);
    expect(name).toMatch(new RegExp(`^mps-${process.pid}-\\d+-\\w{6}$`));
    expect(statSync(dirname(daemon.pipeDirectory)).mode & 0o777).toBe(0o700);
    expect(statSync(daemon.pipeDirectory).mode & 0o777).toBe(0o700);
    expect(commands(daemon.pipeDirectory)).toContain("get_server_list");
    expect(daemon.findLoss()).toBeUndefined();
    await daemon.end();
  });

  test("leaves neither a process nor a directory when it is ended", async () => {
    await using parent = await makeTemporaryDirectory();
    const daemon = await startedStandIn(parent.path);
    const server = await foundServer(daemon);
    expect(isRunning(server)).toBe(true);
    expect(await daemon.end()).toEqual({ hung: false });
    expect(isRunning(server)).toBe(false);
    expect(processesOf(parent.path)).toEqual([]);
    expect(await readdir(parent.path)).toEqual([]);
  });

  test("is told a share of the threads where it is not the whole", async () => {
    await using parent = await makeTemporaryDirectory();
    const daemon = await startedStandIn(parent.path, { activeThreadPercentage: 10 });
    expect(commands(daemon.pipeDirectory)).toContain("set_default_active_thread_percentage 10");
    await daemon.end();
    const whole = await startedStandIn(parent.path);
    expect(commands(whole.pipeDirectory).join()).not.toContain("percentage");
    await whole.end();
  });

  test.each(["ignores quit", "ignores SIGTERM"])("that %s is ended all the same", async (fault) => {
    await using parent = await makeTemporaryDirectory();
    const patience = { quitSeconds: 0.5, graceSeconds: 0.5 };
    const daemon = await startedStandIn(parent.path, { fault, ...patience });
    expect(await daemon.end()).toEqual({ hung: false });
    expect(processesOf(parent.path)).toEqual([]);
    expect(await readdir(parent.path)).toEqual([]);
  });

  test("that dies is seen as lost, and so is its server", async () => {
    await using parent = await makeTemporaryDirectory();
    const daemon = await startedStandIn(parent.path);
    process.kill(await foundServer(daemon), "SIGKILL");
    await until("the server's end", () => daemon.findLoss() === "the MPS server has ended");
    await killAllOf(parent.path);
    await daemon.ended;
    expect(daemon.findLoss()).toBe("the MPS daemon has ended");
    expect(await daemon.lastWords()).toBe("control.log: get_server_list");
    await daemon.end();
    expect(await readdir(parent.path)).toEqual([]);
  });

  test("goes when its launcher is killed, with its directories", async () => {
    await using parent = await makeTemporaryDirectory();
    const daemon = await startedStandIn(parent.path);
    process.kill(await untilRuns(parent.path, "launcher"), "SIGKILL");
    await daemon.ended;
    expect(await daemon.end()).toEqual({ hung: false });
    expect(processesOf(parent.path)).toEqual([]);
    expect(await readdir(parent.path)).toEqual([]);
  });

  test("holds the host's lane until it is ended", async () => {
    await using parent = await makeTemporaryDirectory();
    await using storage = await makeTemporaryDirectory();
    const laneLock = { file: join(storage.path, "lane.lock"), timeoutSeconds: 0 };
    const daemon = await startedStandIn(parent.path, { laneLock });
    const second = await startStandIn(parent.path, { laneLock });
    expect(second).toMatchObject({ ok: false, error: { reason: "lane_busy" } });
    await daemon.end();
    await (await startedStandIn(parent.path, { laneLock })).end();
    expect(await readdir(parent.path)).toEqual([]);
  });
});

describe("no MPS daemon", () => {
  test("comes up and goes in time: then it is told when it has gone at last", async () => {
    await using parent = await makeTemporaryDirectory();
    const controller = new AbortController();
    const patience = { graceSeconds: 2, giveUpSeconds: 0.2 };
    const starting = startStandIn(parent.path, {
      fault: "never listens, never goes",
      signal: controller.signal,
      ...patience,
    });
    await until("its start", () => said(parent.path).includes("stays"));
    controller.abort();
    const started = await starting;
    expect(started).toMatchObject({ ok: false, error: { gone: expect.any(Promise) } });
    await (started.ok ? undefined : started.error.gone);
    expect(processesOf(parent.path)).toEqual([]);
    await until("its directories gone", async () => (await readdir(parent.path)).length === 0);
  });

  test("is there without the control program, and nothing is made", async () => {
    await using parent = await makeTemporaryDirectory();
    const started = await startStandIn(parent.path, { searchPath: [parent.path, "/nowhere"] });
    const message = `there is no nvidia-cuda-mps-control in ${parent.path}, /nowhere`;
    expect(started).toEqual({ ok: false, error: { reason: "mps_control_missing", message } });
    expect(await readdir(parent.path)).toEqual([]);
  });

  test("is there where its socket's path would be too long, with what to do about it", async () => {
    await using parent = await makeTemporaryDirectory();
    const long = join(parent.path, "x".repeat(80));
    await mkdir(long);
    const started = await startStandIn(long);
    expect(started).toMatchObject({ ok: false, error: { reason: "mps_unavailable" } });
    expect(started.ok ? "" : started.error.message).toContain("choose a shorter --storage.path");
    expect(await readdir(long)).toEqual([]);
  });

  test("is there when it ends at once, and its last words are told", async () => {
    await using parent = await makeTemporaryDirectory();
    const started = await startStandIn(parent.path, { fault: "ends at once" });
    const message = "the MPS daemon ended by itself (control.log: no device of any use)";
    expect(started).toEqual({ ok: false, error: { reason: "mps_unavailable", message } });
    expect(await readdir(parent.path)).toEqual([]);
  });

  test("is there when it does not answer in time, and it is ended", async () => {
    await using parent = await makeTemporaryDirectory();
    const started = await startStandIn(parent.path, { fault: "never listens", readySeconds: 0.5 });
    expect(started).toMatchObject({ ok: false, error: { reason: "mps_unavailable" } });
    expect(started.ok ? "" : started.error.message).toContain("does not answer: Cannot find MPS");
    expect(processesOf(parent.path)).toEqual([]);
    expect(await readdir(parent.path)).toEqual([]);
  });

  test("is left of one that is cut short while it starts", async () => {
    await using parent = await makeTemporaryDirectory();
    const controller = new AbortController();
    const starting = startStandIn(parent.path, {
      fault: "never listens",
      signal: controller.signal,
    });
    await until("its start", () => pidsOf(parent.path, "node").length > 0);
    controller.abort();
    expect(await starting).toMatchObject({ ok: false, error: { reason: "cancelled" } });
    expect(processesOf(parent.path)).toEqual([]);
    expect(readdirSync(parent.path)).toEqual([]);
  });

  test("is waited for that another run's lane keeps from starting", async () => {
    await using parent = await makeTemporaryDirectory();
    await using storage = await makeTemporaryDirectory();
    const file = join(storage.path, "lane.lock");
    await using held = await holdLane(file);
    const controller = new AbortController();
    const laneLock = { file, timeoutSeconds: 60 };
    const starting = startStandIn(parent.path, { laneLock, signal: controller.signal });
    await untilRuns(parent.path, "launcher");
    controller.abort();
    expect(await starting).toMatchObject({ ok: false, error: { reason: "cancelled" } });
    await held.giveBack();
    expect(processesOf(parent.path)).toEqual([]);
  });
});
