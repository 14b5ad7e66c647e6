import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { samples, value } from "../metrics/exposition-text.ts";
import { runCudaprobe, startDaemon } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";
import { replaceFile } from "../support/replace-file.ts";

/** Half a second of a context each second, of which 0.36 s may be saved up. */
const CONFIG = `probes:
  - { name: start, kind: cold_start, schedule: "* * * * * *", jitter: 0s }
  - { name: memory, kind: process_memory, schedule: "* * * * * *", jitter: 0s }
limits: { duty_cycle: 0.01% }
`;
const SLOW = ["time_scale = 1", "init_seconds = 0.01", "context_seconds = 0.5"];

const SKIPPED = { probe: "start", reason: "budget" };

test("runs beyond the budget are left out before anything is started, and others go on", async () => {
  await using emulator = await makeEmulator(SLOW);
  await using daemon = await startDaemon({ config: CONFIG, emulator });
  const first = await daemon.logged(["run succeeded", "probe=start"]);
  const out = await daemon.logged(["run left out", "probe=start", "reason=budget"], first);
  expect(daemon.log[out]).toContain("left of limits.duty_cycle");
  await daemon.logged(["run succeeded", "probe=memory"], out);
  const text = await daemon.scrape();
  expect(value(text, "cudaprobe_run_skips_total", SKIPPED)).toBeGreaterThan(0);
  expect(value(text, "cudaprobe_runs_total", { probe: "start" })).toBe(1);
  expect(value(text, "cudaprobe_run_gpu_seconds_total", { probe: "start" })).toBeGreaterThan(0.5);
  expect(samples(text, "cudaprobe_run_failures_total").every((line) => line.endsWith(" 0"))).toBe(
    true,
  );
});

test("a daemon that is killed and started again has no more of it than before", async () => {
  await using emulator = await makeEmulator(SLOW);
  await using directory = await makeTemporaryDirectory();
  const storageDirectory = directory.path;
  const starts = 4;
  for (let start = 0; start < starts; start += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await using daemon = await startDaemon({ config: CONFIG, emulator, storageDirectory });
    // The first start takes what is saved and owes more; the second has credit for it, and no other has.
    const [what, outcome] = start < 2 ? ["run succeeded", ""] : ["run left out", "reason=budget"];
    // oxlint-disable-next-line no-await-in-loop
    await daemon.logged([what, outcome, "probe=start"]);
    daemon.signal("SIGKILL");
    // oxlint-disable-next-line no-await-in-loop
    await daemon.ended;
  }
  const text = await readFile(join(storageDirectory, "budget-begun.json"), "utf8");
  expect(text).toMatch(/^\{"version":1,"value":\{"atSeconds":\d.*"gpus":\{"GPU-/);
});

test("a stored budget that is of no use is set aside with one line, and runs go on", async () => {
  await using emulator = await makeEmulator();
  await using directory = await makeTemporaryDirectory();
  const storageDirectory = directory.path;
  await replaceFile(join(storageDirectory, "budget.json"), '{"version":1,"value":{"atSec');
  await using daemon = await startDaemon({ config: CONFIG, emulator, storageDirectory });
  await daemon.logged(["run succeeded", "probe=start"]);
  const said = daemon.log.filter((line) => line.includes("of no use"));
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(/level=warn .*budget\.json.*aside=/);
});

test("check says what share of the budget the schedule wants, and warns of more", async () => {
  await using emulator = await makeEmulator();
  const wanted = await runCudaprobe(["check"], { emulator });
  expect(wanted.out).toContain(
    "runs are expected to hold a context on GPU 0 for at most 1.5 % of the time, of 2 % that limits.duty_cycle lets them",
  );
  await using directory = await makeTemporaryDirectory();
  const file = join(directory.path, "cudaprobe.yml");
  await replaceFile(file, CONFIG);
  const much = await runCudaprobe(["check", `--config.file=${file}`], { emulator });
  expect(much.out).toContain("warning: runs are expected to hold a context on GPU 0 for at most");
  expect(much.out).toContain("some will be left out (budget)");
});
