import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { runCudaprobe } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";

const BEFORE = "docs/examples/before.json";
const AFTER = "docs/examples/after.json";
const page = resolve(import.meta.dirname, "../../docs/compare.md");

describe("cudaprobe compare", () => {
  test("prints what its page shows, and is exit code 3 when B is slower", async () => {
    const [, command = "", output = ""] =
      /```console\n\$ cudaprobe ([^\n]+)\n([\s\S]*?)```/.exec(await readFile(page, "utf8")) ?? [];
    expect(await runCudaprobe(command.split(" "))).toEqual({
      exitCode: 3,
      out: output.trimEnd(),
      error: "",
    });
  });

  test("is exit code 0 when B is faster, or when what is named is not slower", async () => {
    const back = await runCudaprobe(["compare", AFTER, BEFORE]);
    expect(back).toMatchObject({ exitCode: 0, error: "" });
    expect(back.out).toContain("time to first result: faster");
    const init = await runCudaprobe(["compare", "--figure", "init", BEFORE, AFTER]);
    expect(init).toMatchObject({ exitCode: 0, error: "" });
    const lenient = await runCudaprobe(["compare", BEFORE, AFTER, "--threshold=1.5"]);
    expect(lenient).toMatchObject({ exitCode: 0, error: "" });
  });

  test("prints JSON of a version, with the same exit code", async () => {
    const { exitCode, out } = await runCudaprobe(["compare", BEFORE, AFTER, "--format=json"]);
    expect(exitCode).toBe(3);
    const { figures, ...rest }: { figures: readonly { name: string }[] } = JSON.parse(out);
    expect(rest).toMatchObject({
      schema: "cudaprobe-compare/1",
      verdict: "slower",
      files: [BEFORE, AFTER],
      threshold: 1.05,
      emulated: [true, true],
      counts: [{ runs: 31, compared: 30, cacheMisses: 1 }, { runs: 30 }],
    });
    expect(figures.find(({ name }) => name === "time to first result")).toMatchObject({
      unit: "seconds",
      decides: true,
      counts: [30, 30],
      verdict: "slower",
    });
  });

  test("is exit code 2 for files that cannot be read or compared", async () => {
    await using directory = await makeTemporaryDirectory();
    const file = join(directory.path, "other.json");
    const missing = await runCudaprobe(["compare", BEFORE, file]);
    expect(missing).toMatchObject({ exitCode: 2, out: "" });
    expect(missing.error).toContain("ENOENT");
    const text = await readFile(resolve(import.meta.dirname, "../..", BEFORE), "utf8");
    await writeFile(file, text.replace('"jit_cache":"warm"', '"jit_cache":"cold"'));
    const options = await runCudaprobe(["compare", BEFORE, file]);
    expect(options).toMatchObject({ exitCode: 2, out: "" });
    expect(options.error).toContain("jit_cache is warm in A, cold in B");
    const ratio = await runCudaprobe(["compare", BEFORE, AFTER, "--threshold=0.9"]);
    expect(ratio).toMatchObject({ exitCode: 2, out: "" });
  });
});

describe("cudaprobe run cold_start --max-seconds", () => {
  const run = ["run", "cold_start", "--jit-cache=cold", "--iterations=1"];

  test("is exit code 3 when the median is above, and prints the figures all the same", async () => {
    await using emulator = await makeEmulator();
    const { exitCode, out, error } = await runCudaprobe([...run, "--max-seconds=0.0001"], {
      emulator,
    });
    expect(exitCode).toBe(3);
    expect(out).toContain("time to first result");
    expect(error).toContain("is above 0.0001 s");
  });

  test("is exit code 0 when it is below", async () => {
    await using emulator = await makeEmulator();
    const end = await runCudaprobe([...run, "--max-seconds=50"], { emulator });
    expect(end).toMatchObject({ exitCode: 0, error: "" });
  });

  test("is exit code 1 when a run fails, however long it took", async () => {
    await using emulator = await makeEmulator(["fault = call=cuMemAlloc_v2 nth=1 code=2"]);
    const { exitCode } = await runCudaprobe([...run, "--max-seconds=0.0001"], { emulator });
    expect(exitCode).toBe(1);
  });
});
