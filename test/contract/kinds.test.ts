import { accessSync, constants } from "node:fs";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { labelNamesOf } from "../../src/metrics/labels.ts";
import { KINDS } from "../../src/probes/index.ts";
import type { Kind } from "../../src/probes/kind.ts";
import type { Observation } from "../../src/probes/family.ts";
import type { RunEnd } from "../../src/runner/run.ts";
import { makeEmulator, type EmulatorDirectory } from "../support/emulator.ts";
import { nativeFile } from "../support/native.ts";
import { probeContext } from "../support/probe-context.ts";
import { expectationsOf } from "./expectations.ts";
import { runKind } from "./run-kind.ts";

describe.each(KINDS.map((kind) => ({ name: kind.name, kind })))("the kind $name", ({ kind }) => {
  const measurement = kind.measurement({});
  let emulator: EmulatorDirectory;
  let end: RunEnd;

  beforeAll(async () => {
    // Somebody has to hold memory.
    const tenant = `tenant = gpu=0 pid=${process.pid} type=compute bytes=2097152`;
    emulator = await makeEmulator([tenant]);
    end = await runKind(kind, emulator);
  });

  afterAll(async () => {
    await emulator[Symbol.asyncDispose]();
  });

  test("has its program", () => {
    expect(() => accessSync(programOf(kind), constants.X_OK)).not.toThrow();
  });

  test("succeeds on the emulator", () => {
    expect(end).toMatchObject({ outcome: "success", stderr: "" });
    expect(end.report.instances).toHaveLength(measurement.instances);
  });

  test("goes through the phases that it declares, in their order, and through no other", () => {
    for (const { phases, openPhase } of end.report.instances) {
      expect(phases.map(({ phase }) => phase)).toEqual(measurement.phases);
      expect(openPhase).toBeUndefined();
    }
  });

  test("has phases that follow each other and take time", () => {
    for (const { phases, spawnedAtSeconds = Number.NaN } of end.report.instances) {
      let endedBefore = spawnedAtSeconds;
      for (const { beganAtSeconds, endedAtSeconds } of phases) {
        expect(beganAtSeconds).toBeGreaterThanOrEqual(endedBefore);
        expect(endedAtSeconds).toBeGreaterThan(beganAtSeconds);
        endedBefore = endedAtSeconds;
      }
    }
  });

  test("sends the samples that are known of it, and no other", () => {
    const sent = end.report.instances.flatMap(({ samples }) => samples.map(({ name }) => name));
    expect(new Set(sent)).toEqual(new Set(expectationsOf(kind.name).samples));
  });

  test("starts with zeros of families and labels that it declares", () => {
    const zeros = measurement.zeros("a_probe");
    expect(zeros.map(({ value }) => value)).toEqual(zeros.map(() => 0));
    expectDeclared(kind, zeros);
  });

  test("observes finite values, none of them negative, of families and labels that it declares", () => {
    const observations = measurement.observe({ probe: "a_probe", end, cacheMiss: false });
    expect(observations).not.toEqual([]);
    expectDeclared(kind, observations);
    for (const { value } of observations) expectFigure(value);
    // Nothing takes no time; a process may well hold nothing.
    const times = observations.filter(({ family }) => family.endsWith("_seconds"));
    for (const { value } of times) expect(value).toBeGreaterThan(0);
  });

  test("observes in histograms exactly the series that were there at zero", () => {
    const observations = measurement.observe({ probe: "a_probe", end, cacheMiss: false });
    const inHistograms = observations.filter(({ family }) => typeOf(kind, family) === "histogram");
    const zeros = measurement
      .zeros("a_probe")
      .filter(({ family }) => typeOf(kind, family) === "histogram");
    expect(new Set(inHistograms.map(seriesOf))).toEqual(new Set(zeros.map(seriesOf)));
  });

  test("keeps a run with an empty cache out of its histograms", () => {
    const observations = measurement.observe({ probe: "a_probe", end, cacheMiss: true });
    const types = observations.map(({ family }) => typeOf(kind, family));
    expect(new Set(types)).toEqual(new Set(["gauge"]));
  });

  test("gives figures that are finite, not negative, and named once", () => {
    const figures = measurement.figures(end);
    expect(figures).not.toEqual([]);
    for (const { value } of figures) expectFigure(value);
    const times = figures.filter(({ unit }) => unit === "seconds");
    for (const { value } of times) expect(value).toBeGreaterThan(0);
    expect(new Set(figures.map(({ name }) => name)).size).toBe(figures.length);
  });

  test.each([["--nonsense=1"], ["--bytes"], ["nonsense"], ["--device="]])(
    "refuses to start with %s, saying how it is to be used",
    async (argument) => {
      const args = withArgument(measurement.args(NOWHERE), argument);
      const run = await execa(programOf(kind), args, { reject: false, env: {}, extendEnv: false });
      expect(run).toMatchObject({ exitCode: 2, stdout: "" });
      expect(run.stderr).toMatch(new RegExp(`${kind.program} \\[?--`));
    },
  );
});

const NOWHERE = probeContext({ gpuUuid: "GPU-00000000-0000-0000-0000-000000000000" });

/** The arguments with one more of the program's own: what comes after `--` is another's command line. */
function withArgument(args: readonly string[], argument: string): readonly string[] {
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  return args.toSpliced(end, 0, argument);
}

function programOf(kind: Kind): string {
  return nativeFile(`probes/${kind.program}`);
}

function typeOf(kind: Kind, family: string): string | undefined {
  return kind.families.find(({ name }) => name === family)?.type;
}

function seriesOf({ family, labels }: Observation): string {
  const parts = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  return `${family} ${parts.toSorted((a, b) => (a < b ? -1 : 1)).join(" ")}`;
}

/** Each is of a declared family and has its labels; those of the device are put there by others. */
function expectDeclared(kind: Kind, observations: readonly Observation[]): void {
  const device = { gpu: "0", gpu_uuid: "GPU-1", mig_uuid: "" };
  for (const { family: name, labels } of observations) {
    const family = kind.families.find((declared) => declared.name === name);
    expect(family, `${name} is declared`).toBeDefined();
    if (family === undefined) continue;
    const all = family.device ? { ...device, ...labels } : labels;
    expect(Object.keys(all).toSorted()).toEqual([...labelNamesOf(family)].toSorted());
  }
}

function expectFigure(value: number): void {
  expect(Number.isFinite(value)).toBe(true);
  expect(value).toBeGreaterThanOrEqual(0);
}
