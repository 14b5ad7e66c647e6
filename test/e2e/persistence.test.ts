import { expect, test } from "vitest";
import { samples, value } from "../metrics/exposition-text.ts";
import { startDaemon } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";

const CONFIG = `probes:
  - { name: start, kind: cold_start, schedule: "* * * * * *" }
driver: { refresh: 200ms }
`;

test("without persistence mode GPUs stay although later listings, which do not wake them, list none", async () => {
  await using emulator = await makeEmulator(["gpus = 2", "persistence_mode = disabled"]);
  await using daemon = await startDaemon({ config: CONFIG, emulator });
  let from = 0;
  for (let round = 0; round < 4; round += 1) {
    from = (await daemon.logged(["run succeeded", "gpu=1"], from)) + 1;
  }
  const text = await daemon.scrape();
  expect(samples(text, "cudaprobe_gpu_info{")).toHaveLength(2);
  expect(value(text, "cudaprobe_gpu_up", { gpu: "0" })).toBe(1);
  expect(value(text, "cudaprobe_up")).toBe(1);
});
