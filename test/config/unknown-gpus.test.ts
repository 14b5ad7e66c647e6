import { describe, expect, it } from "vitest";
import { formatProblem } from "../../src/config/problem.ts";
import { findUnknownGpus } from "../../src/config/unknown-gpus.ts";
import { device, parse } from "./fixtures.ts";

const DEVICES = [device(0, "GPU-aaaa-1"), device(1, "GPU-aabb-2")];
const LOST = [{ gpu: 2, reason: "gpu_lost", code: "NVML_ERROR_GPU_IS_LOST" }] as const;

const CONFIG = parse(`probes:
  - name: start
    kind: cold_start
    schedule: "@daily"
    gpus:
      - 0
      - 2
      - GPU-cccc
      - GPU-aa
`);

describe("findUnknownGpus", () => {
  it("points at each entry that is no GPU of this host and lists those there are", () => {
    expect(findUnknownGpus(CONFIG, DEVICES, []).map((found) => formatProblem(found))).toEqual([
      "cudaprobe.yml:7:9: probes[0].gpus[1]: there is no GPU 2; there are 0 (GPU-aaaa-1), 1 (GPU-aabb-2)",
      "cudaprobe.yml:8:9: probes[0].gpus[2]: no GPU's UUID begins with GPU-cccc; there are 0 (GPU-aaaa-1), 1 (GPU-aabb-2)",
      "cudaprobe.yml:9:9: probes[0].gpus[3]: GPU-aa is the beginning of several UUIDs: GPU-aaaa-1, GPU-aabb-2",
    ]);
  });

  it("does not call a lost GPU unknown, by its index or by a UUID that may be its own", () => {
    expect(findUnknownGpus(CONFIG, DEVICES, LOST).map(({ key }) => key)).toEqual([
      "probes[0].gpus[3]",
    ]);
  });

  it("says so when there is no GPU at all", () => {
    const [problem] = findUnknownGpus(CONFIG, [], []);
    expect(problem?.message).toBe("there is no GPU 0; there is none");
  });

  it("finds nothing against probes that run on all GPUs", () => {
    const config = parse('probes: [{ name: a, kind: cold_start, schedule: "@daily" }]');
    expect(findUnknownGpus(config, [], [])).toEqual([]);
  });
});
