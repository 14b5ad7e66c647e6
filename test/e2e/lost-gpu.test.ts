import { expect, test } from "vitest";
import { samples, value } from "../metrics/exposition-text.ts";
import { startDaemon } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";

const CONFIG = `probes:
  - { name: start, kind: cold_start, schedule: "* * * * * *" }
driver: { refresh: 200ms }
`;

function gpusUp(text: string): readonly (number | undefined)[] {
  return ["0", "1", "2"].map((gpu) => value(text, "cudaprobe_gpu_up", { gpu }));
}

test("one of three GPUs that is lost is down and left out, and the others go on", async () => {
  await using emulator = await makeEmulator(["gpus = 3"]);
  await using daemon = await startDaemon({ config: CONFIG, emulator });
  for (const gpu of [0, 1, 2]) await daemon.logged(["run succeeded", `gpu=${gpu}`]);
  expect(gpusUp(await daemon.scrape())).toEqual([1, 1, 1]);

  await emulator.configure(["gpus = 3", "lost = 1"]);
  const from = await daemon.logged(["a GPU does not answer", "gpu=1", "reason=gpu_lost"]);
  await daemon.logged(["run left out", "gpu=1", "reason=gpu_lost"], from);
  for (const gpu of [0, 2]) await daemon.logged(["run succeeded", `gpu=${gpu}`], from);
  const lost = await daemon.scrape();
  expect(gpusUp(lost)).toEqual([1, 0, 1]);
  expect(value(lost, "cudaprobe_up")).toBe(1);
  expect(samples(lost, 'cudaprobe_gpu_info{gpu="1"')).toEqual([]);
  const skips = { gpu: "1", reason: "gpu_lost" };
  expect(value(lost, "cudaprobe_run_skips_total", skips)).toBeGreaterThan(0);

  const back = daemon.log.length;
  await emulator.configure(["gpus = 3"]);
  await daemon.logged(["run succeeded", "gpu=1"], back);
  expect(gpusUp(await daemon.scrape())).toEqual([1, 1, 1]);
});

test("a GPU that was lost from the start is tried when it comes back", async () => {
  await using emulator = await makeEmulator(["gpus = 3", "lost = 1"]);
  await using daemon = await startDaemon({ config: CONFIG, emulator });
  for (const gpu of [0, 2]) await daemon.logged(["run succeeded", `gpu=${gpu}`]);
  expect(gpusUp(await daemon.scrape())).toEqual([1, 0, 1]);
  await emulator.configure(["gpus = 3"]);
  await daemon.logged(["run succeeded", "gpu=1"]);
  expect(gpusUp(await daemon.scrape())).toEqual([1, 1, 1]);
});
