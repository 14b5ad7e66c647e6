import { EventEmitter, once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { unlimitedConfig } from "../../scripts/bench/memory/growth.js";
import { readLive } from "../../scripts/bench/memory/live.js";
import { withRuns } from "../../scripts/bench/memory/runs.js";
import { findAddress, withServer } from "../../scripts/bench/memory/server.js";
import { loadConfig } from "../../src/config/load-config.ts";
import { KINDS } from "../../src/probes/index.ts";
import { validateSchedule } from "../../src/scheduler/schedule.ts";
import { startLocalServer } from "../support/local-server.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";

const METRICS = [
  'cudaprobe_runs_total{gpu="0",gpu_uuid="GPU-a",mig_uuid="",probe="cold_start",kind="cold_start"} 1',
  'cudaprobe_runs_total{gpu="1",gpu_uuid="GPU-b",mig_uuid="",probe="cold_start",kind="cold_start"} 1',
  'cudaprobe_runs_total{gpu="",gpu_uuid="",mig_uuid="",probe="process_memory",kind="process_memory"} 1',
  'cudaprobe_run_success{gpu="2",gpu_uuid="GPU-c",mig_uuid="",probe="other",kind="cold_start"} 1',
].join("\n");

/** Something that answers as a daemon does, and what it is asked. */
async function startAnswering(status: number) {
  const asked: string[] = [];
  const more = new EventEmitter();
  const server = await startLocalServer(({ url = "" }, response) => {
    asked.push(url);
    response.writeHead(url === "/metrics" ? 200 : status).end(url === "/metrics" ? METRICS : "no");
    more.emit("asked");
  });
  const untilAsked = async (count: number): Promise<void> => {
    while (asked.length < count) await once(more, "asked");
  };
  return { ...server, asked, untilAsked };
}

const forEver = async (): Promise<never> => new Promise(() => undefined);

describe("runs by request", () => {
  test.each([200, 409])(
    "are of each target once, then the cold starts of the GPUs in turns, answered with %d",
    async (status) => {
      await using daemon = await startAnswering(status);
      const came = await withRuns(daemon, async () => {
        await daemon.untilAsked(7);
        return "of the work";
      });
      expect(came).toBe("of the work");
      const [start0, start1] = ["0", "1"].map((gpu) => `/probe?probe=cold_start&gpu=${gpu}`);
      expect(daemon.asked.slice(0, 7)).toEqual([
        "/metrics",
        start0,
        start1,
        "/probe?probe=process_memory",
        start1,
        start0,
        start1,
      ]);
    },
  );

  test("that the daemon does not make end the work", async () => {
    await using daemon = await startAnswering(403);
    await expect(withRuns(daemon, forEver)).rejects.toThrow("403: no");
  });

  test("end with the work, also with one that fails", async () => {
    await using daemon = await startAnswering(200);
    const failing = async (): Promise<never> => {
      await daemon.untilAsked(3);
      throw new Error("the work failed");
    };
    await expect(withRuns(daemon, failing)).rejects.toThrow("the work failed");
    const { length } = daemon.asked;
    await setImmediate();
    expect(daemon.asked).toHaveLength(length);
  });
});

test("the configuration of the runs is that which is shipped, with a budget that nothing exhausts", async () => {
  await using directory = await makeTemporaryDirectory();
  const file = join(directory.path, "cudaprobe.yml");
  await writeFile(file, await unlimitedConfig());
  const loaded = await loadConfig({ file, kinds: KINDS, validateSchedule });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  expect(loaded.value.limits).toMatchObject({ dutyCycle: 1, history: 50 });
  expect(loaded.value.probes.map(({ name }) => name)).toContain("cold_start");
});

test("where something listens is read from lines of other exporters and of ours, and from no others", () => {
  const ours = '{"level":"info","address":"127.0.0.1:1","tls":false,"msg":"listening"}';
  const theirs = 'caller=tls_config.go:232 level=info msg="Listening on" address=127.0.0.1:2';
  expect([ours, theirs, 'msg="starting" address=127.0.0.1:3'].map(findAddress)).toEqual([
    "127.0.0.1:1",
    "127.0.0.1:2",
    undefined,
  ]);
});

test("a process that ends without listening is told with what it said", async () => {
  const argv = [process.execPath, "-e", "console.error('no port is free')"];
  await expect(withServer(argv, async () => Promise.resolve())).rejects.toThrow("no port is free");
});

test("what is alive in a process is told without its garbage", async () => {
  const live = new URL("../../scripts/bench/memory/tell-live.js", import.meta.url).href;
  const work = `
    let garbage = Array.from({ length: 1e6 }, (_, index) => ({ index }));
    globalThis.alive = Array.from({ length: 1e5 }, (_, index) => ({ index }));
    garbage = undefined;
    console.error("Listening on address=127.0.0.1:1");
    setInterval(() => {}, 1000);`;
  const argv = [process.execPath, "--expose-gc", `--import=${live}`, "-e", work];
  const bytes = await withServer(argv, readLive);
  expect(bytes).toBeGreaterThan(4e6);
  expect(bytes).toBeLessThan(20e6);
});
