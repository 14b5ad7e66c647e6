import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCudaprobe, startDaemon } from "../support/daemon.ts";
import { makeEmulator, type EmulatorDirectory } from "../support/emulator.ts";
import { followLines } from "../support/follow-lines.ts";
import { processesOf } from "../support/processes.ts";
import { listenAsManager } from "../support/service-manager.ts";
import { until } from "../support/until.ts";

const root = resolve(import.meta.dirname, "../..");
const CONFIG = `probes: [{ name: cold_start, kind: cold_start, schedule: "* * * * * *" }]\n`;
let emulator: EmulatorDirectory;

beforeAll(async () => {
  emulator = await makeEmulator();
});

afterAll(async () => {
  await emulator[Symbol.asyncDispose]();
});

/** Those of these processes' environments that name the socket. */
async function readEnvironment(pid: number): Promise<string> {
  return readFile(`/proc/${String(pid)}/environ`, "utf8");
}

describe("a daemon that a service manager has started", () => {
  it.each(["a path", "an abstract name"])("says what it does, on %s", async (kind) => {
    const name = join(emulator.path, "notify");
    const socket = kind === "a path" ? name : `@${name}`;
    await using manager = await listenAsManager(socket);
    await using daemon = await startDaemon({
      config: CONFIG,
      emulator,
      env: { NOTIFY_SOCKET: socket },
    });
    await manager.told("READY=1");
    expect((await daemon.get("/-/ready")).status).toBe(200);
    daemon.signal("SIGTERM");
    await manager.told("STOPPING=1");
    expect(await daemon.ended).toBe(0);
    const messages = manager.notifications().map(({ message }) => message);
    expect(messages).toEqual(["READY=1", "STOPPING=1"]);
  });

  it("says that it reads its configuration anew, since when, and that it has", async () => {
    const socket = join(emulator.path, "reload");
    await using manager = await listenAsManager(socket);
    await using daemon = await startDaemon({
      config: CONFIG,
      emulator,
      env: { NOTIFY_SOCKET: socket },
    });
    const ready = await manager.told("READY=1");
    const asked = process.hrtime.bigint() / 1000n;
    daemon.signal("SIGHUP");
    const reloading = await manager.told("RELOADING=1", ready + 1);
    await manager.told("READY=1", reloading + 1);
    const { message = "" } = manager.notifications()[reloading] ?? {};
    const [, since = ""] = /^RELOADING=1\nMONOTONIC_USEC=(\d+)$/.exec(message) ?? [];
    expect(BigInt(since)).toBeGreaterThanOrEqual(asked);
    expect(BigInt(since)).toBeLessThanOrEqual(process.hrtime.bigint() / 1000n);
    expect(manager.notifications()).toHaveLength(3);
  });

  it("feeds the watchdog from a process of its own, and not while it hangs", async () => {
    const socket = join(emulator.path, "watchdog");
    await using manager = await listenAsManager(socket);
    await using daemon = await startDaemon({
      config: CONFIG,
      emulator,
      env: { NOTIFY_SOCKET: socket, WATCHDOG_USEC: "200000" },
    });
    const second = await manager.told("WATCHDOG=1", await manager.told("WATCHDOG=1"));
    const { pid } = manager.notifications()[second] ?? { pid: 0 };
    expect(pid).not.toBe(daemon.pid);
    daemon.signal("SIGSTOP");
    const listened = execa("sleep", ["1"]);
    await listened;
    const count = manager.notifications().length;
    await execa("sleep", ["1"]);
    expect(manager.notifications().length - count).toBe(0);
    daemon.signal("SIGCONT");
    await manager.told("WATCHDOG=1", count);
  });

  it("tells nobody else of the socket, and the helper of nothing but it", async () => {
    const socket = join(emulator.path, "secret");
    await using manager = await listenAsManager(socket);
    await using daemon = await startDaemon({
      config: CONFIG,
      emulator,
      env: { NOTIFY_SOCKET: socket, WATCHDOG_USEC: "1000000", SECRET: "1" },
    });
    const ready = await manager.told("READY=1");
    const { pid } = manager.notifications()[ready] ?? { pid: 0 };
    expect(await readEnvironment(pid)).toBe(`NOTIFY_SOCKET=${socket}\0`);
    // A probe that stays to be looked at.
    await emulator.configure(["fault = call=cuInit scope=host hang=true"]);
    await until("the call that hangs", () => emulator.faultedCalls() > 0);
    const others = processesOf(daemon.storageDirectory).filter((each) => each.pid !== daemon.pid);
    await emulator.configure([]);
    const programs = others.map(({ program }) => program);
    expect(programs).toEqual(expect.arrayContaining(["launcher", "cold_start"]));
    const environments = await Promise.all(others.map(async (each) => readEnvironment(each.pid)));
    expect(environments.filter((each) => each.includes("NOTIFY_SOCKET"))).toEqual([]);
  });
});

describe("a daemon with --web.systemd-socket", () => {
  it("serves on the socket that is passed", async () => {
    const [file, ...args] = [
      resolve(root, "test/fixtures/service-manager/pass_socket.py"),
      process.execPath,
      resolve(root, "dist/main.js"),
      "serve",
      "--driver=emulator",
      `--storage.path=${emulator.path}/passed`,
      "--web.systemd-socket",
    ];
    const env = { CUDAPROBE_EMULATOR: emulator.path };
    const child = execa({ reject: false, buffer: false, stdin: "ignore", env })("python3", [
      file,
      ...args,
    ]);
    const log = followLines(child.stderr);
    const line = await log.until(["msg=listening"]);
    const [, address = ""] = /address=(\S+)/.exec(log.lines[line] ?? "") ?? [];
    expect(address).toMatch(/^127\.0\.0\.1:\d+$/);
    expect((await fetch(`http://${address}/-/healthy`)).status).toBe(200);
    child.kill("SIGTERM");
    expect((await child).exitCode).toBe(0);
  });

  it("does not start without one", async () => {
    const end = await runCudaprobe(["serve", "--web.systemd-socket"], { emulator });
    expect(end).toMatchObject({
      exitCode: 1,
      error: "cudaprobe: --web.systemd-socket: the service manager has passed no socket",
    });
  });
});
