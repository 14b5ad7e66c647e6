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
    { runs: 5000, residentBytes: 1e8, liveBytes: 3e7 },
    { runs: 10_000, residentBytes: 2e8, liveBytes: 3.05e7 },
  ],
};

/** Of a load that had 30 MB alive after half of so many runs. */
function memoryOf(runs: number, liveBytes: number): (typeof RUNS)["memory"] {
  return [
    { runs: runs / 2, residentBytes: 1e8, liveBytes: 3e7 },
    { runs, residentBytes: 1e8, liveBytes },
  ];
}

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
    [{}, { memory: memoryOf(10_000, 3.1e7) }, "grew to 1.03"],
    [{}, { memory: memoryOf(1000, 4.2e7) }, "grew to 1.40"],
    [{}, { memory: [] }, "memory grew"],
  ])("finds %j %j", (scrapes, runs, problem) => {
    const problems = judge({ ...SCRAPES, ...scrapes }, { ...RUNS, ...runs });
    expect(problems).toEqual([expect.stringContaining(problem)]);
  });
});
