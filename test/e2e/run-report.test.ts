import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startBrowser, type RunningBrowser } from "../support/browser.ts";
import { runCudaprobe } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";
import { until } from "../support/until.ts";

let browser: RunningBrowser;

beforeAll(async () => {
  browser = await startBrowser();
});

afterAll(async () => {
  await browser[Symbol.asyncDispose]();
});

/** Each kind, what it takes to be quick, and what its page has to draw. */
const KINDS = [
  [
    "cold_start --iterations=2 --jit-cache=cold",
    ["What time to first result is made of (medians)", "time to first result", "init"],
  ],
  [
    "footprint --iterations=2",
    ["What process is made of (medians)", "process", "Where the time of a run went (medians)"],
  ],
  [
    "density --max-instances=2",
    ["GPU memory in use, by number of instances", "Memory that an instance adds"],
  ],
  ["process_memory", ["Memory of each GPU", "Where the time of a run went (medians)"]],
  [
    "function_ipc --sizes=4KiB,64KiB",
    ["Transfer, by size (medians)", "stream: phases, by size (medians)", "stream: every sample"],
  ],
  [
    "cuda_ipc --sizes=4KiB,64KiB",
    ["Transfer, by size (medians)", "first: every sample", "reuse: every sample"],
  ],
] as const;

describe.each(KINDS)("the page of %s", (command, plots) => {
  test("has its plots, tables and facts, is loud about the emulator, and needs nothing else", async () => {
    await using emulator = await makeEmulator();
    await using directory = await makeTemporaryDirectory();
    const file = join(directory.path, "report.html");
    const args = ["run", ...command.split(" "), "--format=html", `--output=${file}`];
    const { exitCode, out, error } = await runCudaprobe(args, { emulator });
    expect({ exitCode, out, error }).toEqual({ exitCode: 0, out: "", error: "" });
    await using narrow = await browser.open(file, { width: 400, colorScheme: "dark" });
    const { page } = narrow;
    const titles = await page.locator("svg.plot > title").allTextContents();
    expect(titles).toEqual(expect.arrayContaining([...plots]));
    expect(await page.getByRole("img").count()).toBe(titles.length);
    expect(await page.getByRole("alert").textContent()).toContain("EMULATED");
    expect(await page.locator("table").count()).toBeGreaterThan(0);
    const facts = await page.locator("dl.facts").textContent();
    for (const fact of [
      `cudaprobe run ${command.split(" ")[0]}`,
      "580.159.04 (EMULATED)",
      "Node",
    ]) {
      expect(facts).toContain(fact);
    }
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(400);
    expect(narrow.complaints).toEqual([]);
  });
});

test("the page follows the reader's wish for dark or light", async () => {
  await using emulator = await makeEmulator();
  await using directory = await makeTemporaryDirectory();
  const file = join(directory.path, "report.html");
  await runCudaprobe(["run", "process_memory", "--format=html", `--output=${file}`], { emulator });
  const colours = async (colorScheme: "light" | "dark"): Promise<unknown> => {
    await using opened = await browser.open(file, { colorScheme });
    return await opened.page.evaluate(
      `["body", ".plot-title"].map((name) => getComputedStyle(document.querySelector(name))).map(({ backgroundColor, fill }) => [backgroundColor, fill])`,
    );
  };
  expect(await colours("dark")).not.toEqual(await colours("light"));
});

test("the page of runs that all failed says why, and draws nothing", async () => {
  await using emulator = await makeEmulator(["fault = call=cuMemAlloc_v2 scope=host code=2"]);
  await using directory = await makeTemporaryDirectory();
  const file = join(directory.path, "report.html");
  const args = ["run", "cold_start", "--iterations=1", "--format=html", `--output=${file}`];
  expect((await runCudaprobe(args, { emulator })).exitCode).toBe(1);
  await using opened = await browser.open(file);
  expect(await opened.page.locator(".counts").textContent()).toContain("CUDA_ERROR_OUT_OF_MEMORY");
  expect(await opened.page.locator("svg.plot").count()).toBe(0);
  expect(opened.complaints).toEqual([]);
});

describe("--output", () => {
  test("takes every format, and replaces what was there as a whole", async () => {
    await using emulator = await makeEmulator();
    await using directory = await makeTemporaryDirectory();
    const file = join(directory.path, "runs.json");
    await writeFile(file, "what was there");
    const args = ["run", "process_memory", "--format=json", `--output=${file}`];
    expect(await runCudaprobe(args, { emulator })).toEqual({ exitCode: 0, out: "", error: "" });
    expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ kind: "process_memory" });
    expect(await readdir(directory.path)).toEqual(["runs.json"]);
  });

  test("of - is standard output", async () => {
    await using emulator = await makeEmulator();
    const { out } = await runCudaprobe(["run", "process_memory", "--output=-"], { emulator });
    expect(out).toContain("1 of 1 runs succeeded");
  });

  test("leaves a device what it is", async () => {
    await using emulator = await makeEmulator();
    const args = ["run", "process_memory", "--output=/dev/stderr"];
    const { exitCode, out, error } = await runCudaprobe(args, {
      emulator,
      script: '"$@" 2>&1 >/dev/null | cat',
    });
    expect({ exitCode, error }).toEqual({ exitCode: 0, error: "" });
    expect(out).toContain("1 of 1 runs succeeded");
  });

  test("refuses a directory, and a place that is not there, before anything runs", async () => {
    await using emulator = await makeEmulator([
      "fault = call=nvmlInit_v2 scope=host slow_seconds=0",
    ]);
    await using directory = await makeTemporaryDirectory();
    const refused = async (output: string): Promise<unknown> =>
      runCudaprobe(["run", "process_memory", `--output=${output}`], { emulator });
    expect(await refused(directory.path)).toEqual({
      exitCode: 2,
      out: "",
      error: `cudaprobe: --output: ${directory.path} is a directory`,
    });
    expect(await refused(`${directory.path}/none/report.html`)).toMatchObject({
      exitCode: 2,
      error: expect.stringContaining("ENOENT"),
    });
    expect(emulator.faultedCalls()).toBe(0);
  });
});

describe.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("a series that %s ends", (name, code) => {
  test.each([
    ["table", "out"],
    ["html", "out"],
    ["json", "error"],
  ] as const)("prints the runs that were made as %s, and says how many", async (format, where) => {
    await using emulator = await makeEmulator([
      "fault = call=cuMemAlloc_v2 scope=host slow_seconds=10",
    ]);
    const args = ["run", "cold_start", "--iterations=1000", `--format=${format}`];
    const end = await runCudaprobe(args, {
      emulator,
      whileRunning: async (signal) => {
        await until("the second run", () => emulator.faultedCalls() >= 2);
        signal(name);
      },
    });
    expect(end.exitCode).toBe(code);
    expect(end.out).toMatch(/[1-9]\d* of [1-9]\d* runs succeeded|"outcome": "success"/);
    expect(end[where]).toMatch(new RegExp(`cut short by ${name} after [1-9]\\d* of 1000 runs`));
  });
});
