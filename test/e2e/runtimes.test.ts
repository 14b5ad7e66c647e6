import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { runCudaprobe, startDaemon, type CommandEnd } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";
import { until } from "../support/until.ts";

const ENGINE = resolve(import.meta.dirname, "../../docs/examples/engine.py");
const FIXTURES = resolve(import.meta.dirname, "../fixtures/runtimes");
const PYTHON = "/usr/bin/python3";

/** Runs it with stand-ins in the place of the scripts that start frameworks, and a config where one is given. */
async function run(args: readonly string[], config?: string): Promise<CommandEnd> {
  await using emulator = await makeEmulator();
  const directory = await mkdtemp(join(tmpdir(), "cudaprobe-runtimes-"));
  const file = join(directory, "cudaprobe.yml");
  try {
    await writeFile(file, config ?? "probes: []\n");
    const script = `export CUDAPROBE_FRAMEWORKS=${FIXTURES}; exec "$@"`;
    return await runCudaprobe([...args, `--config.file=${file}`], { emulator, script });
  } finally {
    await rm(directory, { recursive: true });
  }
}

interface Result {
  readonly options: Readonly<Record<string, string>>;
  readonly iterations: readonly {
    readonly outcome: string;
    readonly reason?: string;
    readonly message?: string;
    readonly figures: readonly { readonly name: string; readonly value: number }[];
  }[];
}

/** The one run of a kind's cold start, as JSON has it. */
async function runOnce(...flags: readonly string[]): Promise<Result> {
  const args = ["run", "cold_start", "--iterations=1", "--format=json"];
  const { out, error } = await run([...args, ...flags]);
  if (out === "") throw new Error(error);
  const result: Result = JSON.parse(out);
  return result;
}

function figureNames({ iterations }: Result): readonly string[] {
  return iterations.flatMap(({ figures }) => figures.map(({ name }) => name));
}

const BEFORE = ["spawn", "import", "init", "context", "build_model", "load_model"];
const AFTER = ["unattributed", "time to first result", "second_inference", "exit"];

describe("cudaprobe run cold_start of a framework", () => {
  test("has its phases, with the headline at its first inference, and the work in each", async () => {
    const result = await runOnce("--runtime=torch");
    expect(result).toMatchObject({
      options: { runtime: "torch" },
      iterations: [{ outcome: "success" }],
    });
    const names = figureNames(result);
    const phases = [...BEFORE, "first_inference", ...AFTER];
    expect(names.slice(0, phases.length)).toEqual(phases);
    expect(names).toEqual(expect.arrayContaining(["import cpu", "import blocked"]));
    expect(names.at(-1)).toBe("bytecode missing");
  });

  test("has JAX compile, and not take most of the GPU ahead", async () => {
    const result = await runOnce("--runtime=jax");
    expect(result).toMatchObject({ iterations: [{ outcome: "success" }] });
    const phases = [...BEFORE, "compile", "first_inference", ...AFTER];
    expect(figureNames(result).slice(0, phases.length)).toEqual(phases);
  });

  test("is skipped where the interpreter does not have the framework", async () => {
    const missing = { outcome: "skipped", reason: "framework_missing" };
    const result = await runOnce("--runtime=tensorflow");
    expect(result).toMatchObject({
      iterations: [{ ...missing, message: "No module named 'tensorflow'" }],
    });
  });

  test("is skipped where there is no such interpreter", async () => {
    const missing = { outcome: "skipped", reason: "framework_missing" };
    const result = await runOnce("--runtime=torch", "--python=/nowhere/python");
    const message = expect.stringContaining("there is no program /nowhere/python");
    expect(result).toMatchObject({ iterations: [{ ...missing, message }] });
  });

  test("takes an interpreter by its name in the config, and no name that is not there", async () => {
    const config = `probes: []\nframeworks: { python: { other: ${PYTHON} } }\n`;
    const args = ["run", "cold_start", "--runtime=torch", "--iterations=1"];
    expect(await run([...args, "--python=other"], config)).toMatchObject({ exitCode: 0 });
    const unknown = await run([...args, "--python=another"], config);
    expect(unknown.exitCode).toBe(2);
    expect(unknown.error).toContain('unknown interpreter "another"; did you mean other?');
  });
});

describe("cudaprobe run cold_start of a command", () => {
  const PHASES = "--phases=import,load_model,first_inference";

  test("times the example of the documentation", async () => {
    const result = await runOnce("--runtime=command", `--argv=${PYTHON} ${ENGINE}`, PHASES);
    expect(result).toMatchObject({ iterations: [{ outcome: "success" }] });
    const phases = ["spawn", "import", "load_model", "first_inference"];
    const names = figureNames(result);
    expect(names.slice(0, 7)).toEqual([...phases, "unattributed", "time to first result", "exit"]);
    expect(names).toContain("load_model cpu");
  });

  test("says so when it does not speak the protocol", async () => {
    const result = await runOnce("--runtime=command", "--argv=/bin/echo Loading", PHASES);
    const [iteration] = result.iterations;
    expect(iteration).toMatchObject({ outcome: "bad_output", reason: "bad_output", figures: [] });
    expect(iteration?.message).toContain("it is no JSON object");
  });

  test("says so when it succeeds without its last phase", async () => {
    const argv = `--argv=${PYTHON} ${ENGINE}`;
    const result = await runOnce("--runtime=command", argv, "--phases=import,warm_up");
    const message = expect.stringContaining("a success without its first result");
    expect(result).toMatchObject({ iterations: [{ outcome: "bad_output", message }] });
  });

  test.each([
    [["--runtime=command", PHASES], "argv: is required with runtime: command"],
    [["--runtime=command", "--argv=engine", PHASES], "engine is no absolute path"],
    [["--argv=/bin/true"], "argv: is for runtime: command, not for driver"],
  ])("refuses %j", async (flags, said) => {
    const { exitCode, error } = await run(["run", "cold_start", ...flags]);
    expect(exitCode).toBe(2);
    expect(error).toContain(said);
  });
});

describe("cudaprobe check", () => {
  test("says what would be skipped for want of an interpreter", async () => {
    const there = 'name: there, kind: cold_start, runtime: torch, schedule: "0 * * * *"';
    const gone = there.replace("there", "gone");
    const config = `probes:\n  - { ${there} }\n  - { ${gone}, python: /nowhere/python }\n`;
    const { exitCode, out } = await run(["check"], config);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/there +cold_start .* would run/);
    expect(out).toMatch(/gone +cold_start .* would be left out: framework_missing: there is no/);
  });
});

describe("the daemon", () => {
  test("exports the phases of a command", async () => {
    await using emulator = await makeEmulator();
    const phases = "[import, load_model, first_inference]";
    const options = `runtime: command, argv: [${PYTHON}, ${ENGINE}], phases: ${phases}`;
    const probe = `name: engine, kind: cold_start, schedule: "* * * * * *", ${options}`;
    await using daemon = await startDaemon({ config: `probes: [{ ${probe} }]\n`, emulator });
    const count = /^cudaprobe_cold_start_duration_seconds_count\{.*runtime="command".*\} [1-9]/m;
    await until("the first run", async () => count.test(await daemon.scrape()));
    const text = await daemon.scrape();
    for (const phase of ["spawn", "import", "load_model", "first_inference", "exit"]) {
      expect(text).toMatch(
        new RegExp(`^cudaprobe_cold_start_phase_last_duration_seconds\\{.*phase="${phase}"`, "m"),
      );
    }
  });

  test("does not take a framework that sees no GPU for a driver that does not work", async () => {
    await using emulator = await makeEmulator();
    const argv = `[${PYTHON}, ${join(FIXTURES, "see-no-gpu.py")}]`;
    const options = `runtime: command, argv: ${argv}, phases: [init, context]`;
    const probe = `name: blind, kind: cold_start, schedule: "* * * * * *", ${options}`;
    await using daemon = await startDaemon({ config: `probes: [{ ${probe} }]\n`, emulator });
    const failure = /^cudaprobe_run_failures_total\{.*reason="no_device"\} [1-9]/m;
    await until("the first failure", async () => failure.test(await daemon.scrape()));
    expect(await daemon.scrape()).toMatch(/^cudaprobe_up 1$/m);
  });
});
