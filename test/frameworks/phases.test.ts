import { describe, expect, test } from "vitest";
import { makeEmulator } from "../support/emulator.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";
import { FRAMEWORKS, runFramework } from "./run-framework.ts";

const BEFORE_INFERENCE = ["spawn", "import", "init", "context", "build_model", "load_model"];
const INFERENCE = ["first_inference", "second_inference", "exit"];

describe.each(FRAMEWORKS)("a cold start of %s", (framework) => {
  test("has the phases of a function's start, each with the CPU time in it", async () => {
    await using emulator = await makeEmulator();
    const end = await runFramework(framework, emulator);
    expect(end).toMatchObject({
      outcome: "success",
      report: { instances: [{ build: expect.stringMatching(/^\d+[.]/) }] },
    });
    const phases = end.report.instances[0]?.phases ?? [];
    const compile = framework === "jax" ? ["compile"] : [];
    expect(phases.map(({ phase }) => phase)).toEqual([
      ...BEFORE_INFERENCE,
      ...compile,
      ...INFERENCE,
    ]);
    for (const { phase, cpuSeconds, majorFaults } of phases.slice(0, -1)) {
      expect([phase, typeof cpuSeconds, typeof majorFaults]).toEqual([phase, "number", "number"]);
    }
  });

  test("tells the versions, and what it has asked the device for", async () => {
    await using emulator = await makeEmulator();
    const end = await runFramework(framework, emulator);
    const samples = end.report.instances[0]?.samples ?? [];
    const [version, requested] = ["framework_version", "requested_bytes"].map((wanted) =>
      samples.find(({ name }) => name === wanted),
    );
    expect(version?.value).toBe(1);
    expect(version?.labels["version"]).toMatch(/^\d/);
    expect(version?.labels["python"]).toMatch(/^3\.\d+\.\d+$/);
    expect(requested?.value).toBeGreaterThanOrEqual(2 ** 26);
  });

  test("speaks the protocol whatever its library prints", async () => {
    await using emulator = await makeEmulator();
    const end = await runFramework(framework, emulator, { standIn: "print" });
    expect(end).toMatchObject({ outcome: "success" });
    expect(end.stderr).toContain("and without Python's buffer");
  });
});

test("several instances begin their import when all are ready", async () => {
  await using emulator = await makeEmulator();
  const { outcome, report } = await runFramework("torch", emulator, { instances: 2 });
  expect(outcome).toBe("success");
  const begins = report.instances.map(
    ({ phases }) => phases.find(({ phase }) => phase === "import")?.beganAtSeconds ?? 0,
  );
  expect(begins).toHaveLength(2);
  expect(Math.min(...begins)).toBeGreaterThan(report.releasedAtSeconds ?? Infinity);
});

test.each([
  ["1", 1],
  ["", 0],
])("a library without bytecode is told of (PYTHONDONTWRITEBYTECODE=%s)", async (off, missing) => {
  await using emulator = await makeEmulator();
  await using cache = await makeTemporaryDirectory();
  const env = { PYTHONPYCACHEPREFIX: cache.path, PYTHONDONTWRITEBYTECODE: off };
  const end = await runFramework("torch", emulator, { env });
  expect(end.report.instances[0]?.samples).toContainEqual({
    name: "bytecode_missing",
    value: missing,
    labels: {},
  });
});
