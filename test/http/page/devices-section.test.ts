import { describe, expect, it } from "vitest";
import { devicesSection } from "../../../src/http/page/devices-section.ts";
import { makeRun, makeSkip, makeTarget, makeTimeout } from "../../metrics/records.ts";
import { clock, makeAllRuns, makePoints, read, viewHost, type Host } from "./host.ts";

function draw(host: Host): string {
  return devicesSection(viewHost(host))?.html ?? "";
}

describe("the section of the GPUs", () => {
  it("says of each what it is, and how it is doing, before all figures", () => {
    const text = read(draw({ records: makeAllRuns([0]) }));
    expect(text).toMatch(/^GPUs GPU 0 NVIDIA H100 80GB HBM3 healthy Cold start 166 ms Memory used/);
    expect(text).toContain(
      "UUID GPU-00000000 Driver 580.95.05, CUDA 13.0 PCI bus 00000000:00:00.0",
    );
  });

  it("says what is not known by a dash, never by 0", () => {
    const text = read(draw({ records: [], targets: [makeTarget(0)] }));
    expect(text).toContain("not run yet Cold start – Memory used – Room for –");
    expect(text).toContain("Last – Median 1 h – Median 24 h – 1 h ÷ 24 h – Baseline –");
    expect(text).not.toMatch(/\b0 (ms|B|s)\b/);
  });

  it("has no section of what is not configured, and one of what has not run yet", () => {
    const none = read(draw({ records: [], targets: [makeTarget(0)] }));
    expect(none).not.toContain("What a function takes");
    const targets = makeAllRuns([0]).map(({ target }) => target);
    const all = read(draw({ records: [], targets }));
    expect(all).toContain("What a function takes No footprint was measured yet.");
    expect(all).toContain("Passing data from process to process No transfer was measured yet.");
    expect(all).toContain("Memory No run of process_memory has told of it yet.");
  });

  it("shows one or two GPUs with all of their figures, and eight in a line each", () => {
    expect(draw({ records: makeAllRuns([0, 1]), gpus: [0, 1] }).split(" open>")).toHaveLength(3);
    const gpus = [0, 1, 2, 3, 4, 5, 6, 7];
    expect(draw({ records: makeAllRuns(gpus), gpus })).not.toContain(" open>");
  });

  it("puts the GPU first that is to be looked at, and opens it", () => {
    const gpus = [0, 1, 2, 3];
    const failed = makeTimeout(makeTarget(2), clock);
    const html = draw({ records: [...makeAllRuns([0, 1, 3]), failed], gpus });
    expect(html.split(" open>")).toHaveLength(2);
    expect(read(html)).toMatch(/^GPUs GPU 2 NVIDIA H100 80GB HBM3 1 failing/);
  });

  it("does not call a GPU healthy whose runs are skipped", () => {
    const text = read(draw({ records: [makeSkip(makeTarget(0), clock)] }));
    expect(text).toContain("GPU 0 NVIDIA H100 80GB HBM3 1 skipped");
  });

  it("says that a GPU does not answer, before those that do", () => {
    const lost = [{ gpu: 1, reason: "gpu_lost", code: "NVML_ERROR_GPU_IS_LOST" } as const];
    const text = read(draw({ records: [], listing: { lost } }));
    expect(text).toMatch(/^GPUs GPU 1 does not answer gpu_lost NVML_ERROR_GPU_IS_LOST GPU 0/);
  });

  it("is not there without any GPU", () => {
    expect(draw({ records: [], gpus: [] })).toBe("");
  });
});

describe("cold starts", () => {
  const records = [makeRun(makeTarget(0), clock)];

  it("are shown by phases, in figures that need no colour", () => {
    const html = draw({ records });
    expect(html).toMatch(/<svg[^>]*role="img"[^>]*>\s*<title>Phases of the last start<\/title>/);
    expect(html).toContain("spawn 2 ms, load_driver 10 ms, init 100 ms, context 50 ms, allocate");
  });

  it("are compared with the day", () => {
    const points = makePoints((age) => (age < 3600 ? 0.3 : 0.2));
    const text = read(draw({ records, points }));
    expect(text).toContain("Median 1 h 300 ms Median 24 h 200 ms 1 h ÷ 24 h 1.50 × Baseline –");
    expect(text).toContain("166 ms 1.50 × the day");
    expect(text).toContain("1440 good, 200 ms to 300 ms, dashed: median");
    expect(text).toContain("slower");
  });

  it("are not called slower where they are a little", () => {
    const text = read(draw({ records, points: makePoints((age) => (age < 3600 ? 0.22 : 0.2)) }));
    expect(text).toContain("1.10 ×");
    expect(text).not.toContain("slower");
  });

  it("are not called slower by less than the alerts want", () => {
    const points = makePoints((age) => (age < 3600 ? 0.004 : 0.002));
    expect(read(draw({ records, points }))).not.toContain("slower");
  });

  it("are compared with what is pinned, where something is", () => {
    const points = makePoints(() => 0.3);
    const text = read(draw({ records, points, baselineSeconds: 0.2 }));
    expect(text).toContain("Baseline 200 ms 1 h ÷ baseline 1.50 ×");
    expect(text).toContain("slower");
    expect(text).toContain("dashed: baseline");
  });

  it("of the last good run are said to be old where none has succeeded since", () => {
    expect(read(draw({ records }))).not.toContain("no run since then");
    const failed = [...records, makeTimeout(makeTarget(0), clock)];
    const target = failed[0]?.target;
    const same = failed.map((record) => (target ? { ...record, target } : record));
    expect(read(draw({ records: same }))).toContain("no run since then has succeeded");
  });
});
