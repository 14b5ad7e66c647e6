import { describe, expect, it } from "vitest";
import { findFlaw } from "../../scripts/load/find-flaw.js";
import { judge } from "../../scripts/load/judge.js";

const TEXT =
  '# HELP cudaprobe_up A "help".\n# TYPE cudaprobe_up gauge\ncudaprobe_up 1\na{b="c\\"d",e=""} 1.5e-07\n';

describe("an answer", () => {
  it("is whole in either format, with exemplars", () => {
    expect(findFlaw(TEXT, false)).toBeUndefined();
    const bucket = 'a_bucket{le="+Inf"} 1 # {run_id="x1"} 0.5 1790000000.123\n';
    expect(findFlaw(`${TEXT}${bucket}# EOF\n`, true)).toBeUndefined();
  });

  it.each([
    ["a cut line", TEXT.slice(0, -3), false],
    ["no end", TEXT, true],
    ["an end that does not belong there", `${TEXT}# EOF\n`, false],
    ["a value that is none", `${TEXT}a{b="c"} undefined\n`, false],
    ["a label that does not end", `${TEXT}a{b="c} 1\n`, false],
    ["nothing of ours", "a 1\n", false],
    ["nothing at all", "", false],
  ])("is not with %s", (_, text, isOpenMetrics) => {
    expect(findFlaw(text, isOpenMetrics)).toEqual(expect.any(String));
  });
});

const SCRAPES = {
  scrapers: 50,
  seconds: 60,
  answers: 1000,
  flawed: 0,
  flaws: [],
  samples: 100,
  medianSeconds: 1,
  p99Seconds: 2,
  failedRuns: 0,
  residentBytes: 1e8,
};
const RUNS = {
  started: 10_010,
  ended: 10_010,
  isStill: true,
  failed: 1250,
  failuresStarted: 1250,
  failuresLogged: 1250,
  seconds: 600,
  others: [],
  memory: [
    { runs: 1000, residentBytes: 5e7 },
    { runs: 2000, residentBytes: 1e8 },
    { runs: 10_000, residentBytes: 1.09e8 },
  ],
};

describe("the judgement of a load", () => {
  it("finds nothing where all is well", () => {
    expect(judge(SCRAPES, RUNS)).toEqual([]);
  });

  it.each([
    [{ answers: 49 }, {}, "not every scraper"],
    [{ flawed: 1 }, {}, "1 answers were not whole"],
    [{ failedRuns: 2 }, {}, "2 runs failed"],
    [{}, { ended: 10_009 }, "10010 runs started, 10009 ended"],
    [{}, { failed: 0, failuresStarted: 0, failuresLogged: 0 }, "no run failed"],
    [{}, { failuresStarted: 1251 }, "a failure was lost"],
    [{}, { failuresLogged: 1249 }, "not in the log"],
    [{}, { memory: [...RUNS.memory, { runs: 10_001, residentBytes: 1.11e8 }] }, "grew to 1.11"],
  ])("finds %j %j", (scrapes, runs, problem) => {
    const problems = judge({ ...SCRAPES, ...scrapes }, { ...RUNS, ...runs });
    expect(problems).toEqual([expect.stringContaining(problem)]);
  });
});
