import { describe, expect, test } from "vitest";
import { compareRuns, type RunComparison } from "../../src/comparison/compare-runs.ts";
import { parseRunFile, type RunFile } from "../../src/comparison/run-file.ts";
import { isWorse, verdictOf, verdictOfAll } from "../../src/comparison/verdict.ts";
import { runFile, start, starts } from "./run-files.ts";

function compare(a: RunFile, b: RunFile, figures: readonly string[] = []): RunComparison {
  const comparison = compareRuns(a, b, { threshold: 1.05, figures });
  if (!comparison.ok) throw new Error(comparison.error);
  return comparison.value;
}

function refusal(a: RunFile, b: RunFile, figures: readonly string[] = []): string {
  const comparison = compareRuns(a, b, { threshold: 1.05, figures });
  return comparison.ok ? "" : comparison.error;
}

const held = (value: number): RunFile =>
  runFile(
    Array.from({ length: 20 }, () => ({
      outcome: "success",
      cacheMiss: false,
      figures: [{ name: "context", value, unit: "bytes" as const }],
    })),
    { kind: "footprint", options: {} },
  );

const errorOf = (text: string): string => {
  const parsed = parseRunFile(text);
  return parsed.ok ? "" : parsed.error;
};

const before = runFile(starts(0.2));

describe("compareRuns", () => {
  test("compares every figure in seconds, and the time to first result decides", () => {
    const comparison = compare(before, runFile(starts(0.24)));
    const said = comparison.figures.map((figure) => [
      figure.name,
      figure.decides,
      verdictOf(figure),
    ]);
    expect(said).toEqual([
      ["context", false, "slower"],
      ["time to first result", true, "slower"],
    ]);
    expect(verdictOfAll(comparison)).toBe("slower");
    expect(isWorse(comparison)).toBe(true);
  });

  test("is not slower against itself, and faster the other way round", () => {
    const same = compare(before, before);
    expect([verdictOfAll(same), isWorse(same)]).toEqual(["not slower", false]);
    const other = compare(runFile(starts(0.24)), before);
    expect([verdictOfAll(other), isWorse(other)]).toEqual(["faster", false]);
  });

  test("lets the figures decide that are named", () => {
    const slowContext = starts(0.2).map(({ figures, ...rest }) => ({
      ...rest,
      figures: figures.map((figure) =>
        figure.name === "context" ? { ...figure, value: figure.value * 2 } : figure,
      ),
    }));
    expect(isWorse(compare(before, runFile(slowContext)))).toBe(false);
    expect(isWorse(compare(before, runFile(slowContext), ["context"]))).toBe(true);
  });

  test("counts runs that failed or compiled their kernel, and leaves them out", () => {
    const failed = { outcome: "failure", cacheMiss: false, figures: [] };
    const noisy = runFile([start(9, true), failed, ...starts(0.2)]);
    const comparison = compare(before, noisy);
    const counts = { runs: 22, compared: 20, cacheMisses: 1, unsuccessful: 1 };
    expect(comparison.counts[1]).toEqual(counts);
    expect(comparison.figures[1]).toMatchObject({ ratio: 1, judgement: "not_higher" });
  });

  test("is inconclusive with too few runs, or none that succeeded", () => {
    expect(verdictOfAll(compare(before, runFile(starts(0.4, 19))))).toBe("inconclusive");
    expect(verdictOfAll(compare(before, runFile([])))).toBe("inconclusive");
  });

  test("calls memory larger, and lets all figures of such a kind decide", () => {
    expect(verdictOfAll(compare(held(500), held(600)))).toBe("larger");
    expect(verdictOfAll(compare(held(500), held(500)))).toBe("not larger");
  });

  test("tells another driver, GPU or host as a fact, and an emulator", () => {
    const driver = {
      backend: "emulator" as const,
      driverVersion: "590.1",
      cudaVersion: "13.0",
    };
    const comparison = compare(before, runFile(starts(0.2), { driver, device: undefined }));
    expect(comparison.emulated).toEqual([false, true]);
    expect(comparison.facts.filter(({ a, b }) => a !== b)).toEqual([
      { name: "GPU model", a: "NVIDIA H100 80GB HBM3", b: "unknown" },
      { name: "GPU", a: "GPU-1", b: "unknown" },
      { name: "driver", a: "580.159.04", b: "590.1" },
      { name: "backend", a: "nvidia", b: "emulator" },
    ]);
  });

  test("takes a file that an option is younger than, and tells so", () => {
    const options = { ...before.options, page_cache: "warm" };
    const younger = runFile(starts(0.24), { options, details: { bytes: "2097152" } });
    const comparison = compare(before, younger);
    expect(isWorse(comparison)).toBe(true);
    expect(comparison.facts.filter(({ a, b }) => a !== b)).toEqual([
      { name: "page_cache", a: "unknown", b: "warm" },
      { name: "bytes", a: "unknown", b: "2097152" },
    ]);
    expect(compare(younger, before).facts).toContainEqual({
      name: "page_cache",
      a: "warm",
      b: "unknown",
    });
  });

  test("tells another framework, Python or interpreter as a fact", () => {
    const old = runFile(starts(0.2), {
      framework: { version: "2.8.0", python: "3.11.2" },
      details: { python: "/old/python" },
    });
    const { facts } = compare(
      old,
      runFile(starts(0.2), {
        framework: { version: "2.9.0", python: "3.12.1" },
        details: { python: "/new/python" },
      }),
    );
    expect(facts.filter(({ a, b }) => a !== b)).toEqual([
      { name: "framework", a: "2.8.0", b: "2.9.0" },
      { name: "Python", a: "3.11.2", b: "3.12.1" },
      { name: "interpreter", a: "/old/python", b: "/new/python" },
    ]);
    expect(compare(old, old).facts.filter(({ a, b }) => a !== b)).toEqual([]);
    expect(compare(before, before).facts.map(({ name }) => name)).not.toContain("framework");
  });

  test.each(["bytes", "argv", "phases"])("refuses another value of %s", (key) => {
    const made = (value: string): RunFile => runFile(starts(0.2), { details: { [key]: value } });
    expect(refusal(made("one"), made("two"))).toContain(`${key} is one in A, two in B`);
    expect(refusal(made("one"), made("one"))).toBe("");
  });

  test("refuses what does not measure the same, and says what differs", () => {
    const options = { runtime: "driver", jit_cache: "cold" };
    const kind = runFile(starts(0.2), { kind: "footprint" });
    expect(refusal(before, kind)).toBe("A is of cold_start, B of footprint");
    expect(refusal(before, runFile(starts(0.2), { options }))).toBe(
      "they were made with different options: jit_cache is warm in A, cold in B",
    );
    expect(refusal(before, before, ["initt"])).toContain('there is no figure "initt"; there are');
    expect(refusal(runFile([]), runFile([]))).toContain("neither has a figure");
  });
});

describe("parseRunFile", () => {
  test("reads the value of each run of a curve, and refuses a run without", () => {
    const file = { ...before, curve: "concurrency" };
    const run = { ...start(0.2), concurrency: 4 };
    const parsed = parseRunFile(JSON.stringify({ ...file, iterations: [run] }));
    expect(parsed).toMatchObject({
      ok: true,
      value: { curve: "concurrency", iterations: [{ point: 4, outcome: "success" }] },
    });
    expect(errorOf(JSON.stringify({ ...file, iterations: [run, start(0.2)] }))).toContain(
      "iterations[1].concurrency",
    );
  });

  test("takes what it does not know, and nothing of another version or shape", () => {
    expect(parseRunFile(JSON.stringify({ ...before, more: 1 }))).toEqual({
      ok: true,
      value: before,
    });
    expect(errorOf("{")).toBe("it is not JSON");
    expect(errorOf(JSON.stringify({ ...before, schema: "cudaprobe-run/2" }))).toContain("schema");
    expect(errorOf(JSON.stringify({ ...before, iterations: [{}] }))).toContain("iterations[0]");
  });
});
