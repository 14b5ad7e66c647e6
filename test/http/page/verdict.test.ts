import { describe, expect, it } from "vitest";
import { overviewSection } from "../../../src/http/page/overview-section.ts";
import { findVerdict } from "../../../src/http/page/verdict.ts";
import { makeRun, makeSkip, makeTarget, makeTimeout } from "../../metrics/records.ts";
import { EMPTY_STATUS } from "../modules.ts";
import { clock, makePoints, read, viewHost } from "./host.ts";

const well = makeRun(makeTarget(0), clock);
const skipped = makeSkip(makeTarget(1), clock);
const failed = makeTimeout(makeTarget(2), clock);
const waiting = makeTarget(3);

describe("the verdict", () => {
  it("is that nothing is known yet before the first look", () => {
    expect(findVerdict(EMPTY_STATUS)).toEqual({
      tone: "idle",
      text: "Just started: nothing was looked at yet",
    });
  });

  it("is that no driver answers, whatever else there is", () => {
    const fault = { reason: "no_driver", code: "", message: "" } as const;
    expect(findVerdict(viewHost({ records: [well], listing: { fault } }))).toEqual({
      tone: "bad",
      text: "No driver answers",
    });
  });

  it("is that there is nothing to run where nothing is configured, and nothing where it could", () => {
    expect(findVerdict(viewHost({ records: [] })).text).toBe("No probe is configured");
    const view = { ...viewHost({ records: [] }), configuredProbes: 2 };
    expect(findVerdict(view).text).toBe("No probe is configured for a GPU that answers");
  });

  it.each([
    ["good", [well], "The one target is well"],
    ["good", [well, makeRun(makeTarget(1), clock)], "All 2 targets are well"],
    ["good", [well, waiting], "1 of 2 targets well, 1 not run yet"],
    ["pause", [well, skipped], "1 of 2 targets well, 1 skipped"],
    ["bad", [well, skipped, failed], "1 of 3 targets fails"],
    ["idle", [waiting], "Nothing has run yet"],
  ] as const)("is %s where these ran, or wait", (tone, hosts, text) => {
    const records = hosts.filter((one) => "type" in one);
    const targets = hosts.map((one) => ("type" in one ? one.target : one));
    expect(findVerdict(viewHost({ records, targets }))).toEqual({ tone, text });
  });

  it("is that cold starts have become slower where all succeed", () => {
    const points = makePoints((age) => (age < 3600 ? 0.3 : 0.2));
    expect(findVerdict(viewHost({ records: [well], points }))).toEqual({
      tone: "bad",
      text: "Cold starts have become slower on GPU 0",
    });
  });

  it("counts GPUs that do not answer", () => {
    const lost = [{ gpu: 1, reason: "gpu_lost", code: "" } as const];
    expect(findVerdict(viewHost({ records: [failed], listing: { lost } })).text).toBe(
      "1 of 1 targets fails, 1 GPU does not answer",
    );
  });
});

describe("what is wrong", () => {
  it("is said once of all GPUs that it befell", () => {
    const records = [0, 1, 2].map((gpu) => makeTimeout(makeTarget(gpu), clock));
    const text = read(overviewSection(viewHost({ records })).html);
    expect(text).toBe("3 of 3 targets fail cold_start on GPU 0, 1, 2 timeout in init now");
  });

  it("is listed up to five times, and counted beyond that", () => {
    const records = Array.from({ length: 7 }, (_, index) =>
      makeTimeout(makeTarget(0, { name: `probe_${index}` }), clock),
    );
    const text = read(overviewSection(viewHost({ records })).html);
    expect(text).toContain("probe_4 on GPU 0");
    expect(text).not.toContain("probe_5");
    expect(text).toContain("and 2 more, in the table of probes");
  });
});
