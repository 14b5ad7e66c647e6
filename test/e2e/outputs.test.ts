import { expect, test } from "vitest";
import { value } from "../metrics/exposition-text.ts";
import { runCudaprobe, startDaemon } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";
import { until } from "../support/until.ts";

const CONFIG = `probes:
  - { name: start, kind: cold_start, schedule: "* * * * * *" }
`;

test("a daemon whose log nobody reads any more goes on", async () => {
  await using emulator = await makeEmulator();
  await using daemon = await startDaemon({ config: CONFIG, emulator });
  await daemon.logged(["run succeeded"]);
  daemon.closeLog();
  const runs = async (): Promise<number> =>
    value(await daemon.scrape(), "cudaprobe_runs_total", { probe: "start" }) ?? 0;
  const before = await runs();
  await until("two more runs", async () => (await runs()) >= before + 2);
  daemon.signal("SIGTERM");
  expect(await daemon.ended).toBe(0);
});

test("a command whose output nobody reads ends as if it were read", async () => {
  await using emulator = await makeEmulator();
  const script = 'set -o pipefail; "$@" | true';
  const { exitCode, error } = await runCudaprobe(["devices"], { emulator, script });
  expect({ exitCode, error }).toEqual({ exitCode: 0, error: "" });
});

test("a command whose output cannot be written says so in a line, with exit code 1", async () => {
  await using emulator = await makeEmulator();
  const script = '"$@" >/dev/full';
  const { exitCode, error } = await runCudaprobe(["devices"], { emulator, script });
  expect(exitCode).toBe(1);
  expect(error).toMatch(/^cudaprobe: the output cannot be written: ENOSPC.*$/);
});
