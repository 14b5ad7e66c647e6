import { describe, expect, it } from "vitest";
import { failuresSection } from "../../../src/http/page/failures-section.ts";
import { runsSection } from "../../../src/http/page/runs-section.ts";
import { targetsTable } from "../../../src/http/page/targets-table.ts";
import { makeRun, makeSkip, makeTarget } from "../../metrics/records.ts";
import { clock, makeAllRuns, read, viewHost } from "./host.ts";

const target = makeTarget(0);
const failed = makeRun(target, clock, {
  outcome: "failure",
  reason: "oom",
  phase: "allocate",
  code: "CUDA_ERROR_OUT_OF_MEMORY",
  message: "64 MiB were asked for",
  transcript: Array.from({ length: 40 }, (_, index) => `{"line":${index}}`),
  stderr: `${"x".repeat(5000)}<the end>`,
});

describe("the last runs", () => {
  it("have skips among them, each with its outcome and reason", () => {
    const records = [makeRun(target, clock), makeSkip(target, clock), failed];
    const text = read(runsSection(viewHost({ records, targets: [target] })).html);
    expect(text).toContain("The last 3 of all probes");
    expect(text).toContain("cold_start 0 failure oom in allocate CUDA_ERROR_OUT_OF_MEMORY");
    expect(text).toContain("skipped memory_floor 1 GiB is free, under the floor of 2 GiB now –");
  });

  it("are none in words before anything has run", () => {
    expect(read(runsSection(viewHost({ records: [] })).html)).toBe(
      "Last runs Nothing has run yet.",
    );
  });
});

describe("the last failures", () => {
  it("have the end of what the probe said, and nothing of runs that went well", () => {
    const records = [failed, makeRun(target, clock), makeSkip(target, clock)];
    const { html } = failuresSection(viewHost({ records, targets: [target] }));
    expect(html.split('<details class="failure">')).toHaveLength(2);
    expect(html).toContain("{&quot;line&quot;:39}</pre>");
    expect(html).not.toContain("{&quot;line&quot;:27}");
    expect(html).toContain("&lt;the end&gt;</pre>");
    expect(html).not.toContain("x".repeat(1001));
  });

  it("are all there, those beyond five a click away", () => {
    const records = Array.from({ length: 9 }, () => failed);
    const { html } = failuresSection(viewHost({ records, targets: [target] }));
    expect(html.split('<details class="failure">')).toHaveLength(10);
    expect(html).toContain("<summary>4 more</summary>");
  });

  it("are none in words where nothing has failed", () => {
    expect(read(failuresSection(viewHost({ records: [] })).html)).toContain("No run has failed");
  });
});

describe("the probes", () => {
  it("of eight GPUs are shown as far as they want to be looked at, the others a click away", () => {
    const gpus = [0, 1, 2, 3, 4, 5, 6, 7];
    const { html } = targetsTable(viewHost({ records: [...makeAllRuns(gpus), failed], gpus }));
    const [shown = "", rest = ""] = html.split("<details");
    expect(read(shown)).toMatch(/Next run cold_start 0 \* \* \* \* \* failure oom/);
    expect(shown.match(/<th scope="row"/g)).toHaveLength(12);
    expect(read(rest)).toContain("22 more targets: 22 success");
    expect(rest.match(/<th scope="row"/g)).toHaveLength(22);
  });
});
