import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { unlimitedConfig } from "../../scripts/bench/memory/growth.js";
import { makeInstant } from "../../scripts/bench/memory/instant-runner.js";
import { readLive } from "../../scripts/bench/memory/live.js";
import { findAddress, withServer } from "../../scripts/bench/memory/server.js";
import { loadConfig } from "../../src/config/load-config.ts";
import { KINDS } from "../../src/probes/index.ts";
import type { RunEnd, RunRequest } from "../../src/runner/run.ts";
import { validateSchedule } from "../../src/scheduler/schedule.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";

const REQUEST: RunRequest = { file: "/probe", args: [], env: {}, deadlineSeconds: 1 };

/** A runner of such runs, and how many it has made. */
function runs(outcome: RunEnd["outcome"]) {
  const made: RunEnd[] = [];
  const run = makeInstant(async () => {
    const end: RunEnd = {
      outcome,
      report: { instances: [] },
      startedAtSeconds: made.length,
      endedAtSeconds: made.length,
      transcript: ["a line"],
      stderr: "",
    };
    made.push(end);
    return Promise.resolve(end);
  });
  return { run, made };
}

describe("an instant runner", () => {
  test("makes each run once, and has copies of it that share nothing", async () => {
    const { run, made } = runs("success");
    const [first, second, other] = [
      await run(REQUEST),
      await run(REQUEST),
      await run({ ...REQUEST, args: ["--other"] }),
    ];
    expect(made).toHaveLength(2);
    expect(second).toEqual(first);
    expect(second.transcript).not.toBe(first.transcript);
    expect(other.startedAtSeconds).toBe(1);
  });

  test("makes a run again that did not succeed", async () => {
    const { run, made } = runs("failure");
    await run(REQUEST);
    await run(REQUEST);
    expect(made).toHaveLength(2);
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
