import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Baseline } from "../../src/baseline/baseline.ts";
import { createBaselineStore } from "../../src/baseline/store.ts";
import { createLogger } from "../../src/base/logger.ts";
import { ok } from "../../src/base/result.ts";
import { openStorage } from "../../src/storage/storage.ts";
import { createClock } from "../support/still-clock.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";

const BASELINE: Baseline = {
  model: "NVIDIA H100 80GB HBM3",
  probe: "start",
  runtime: "driver",
  concurrency: "1",
  seconds: 0.216,
  driverVersion: "580.159.04",
  atSeconds: 1_700_000_000,
  runs: 100,
};

async function open(directory: string) {
  const lines: string[] = [];
  const destination = { write: (line: string) => lines.push(line) };
  const logger = createLogger({ level: "info", format: "logfmt", destination });
  const storage = await openStorage({ directory, logger, clock: createClock() });
  return { ...createBaselineStore(storage), lines };
}

test("what is pinned is kept in baselines.json, readable and of a version", async () => {
  await using directory = await makeTemporaryDirectory();
  const store = await open(directory.path);
  expect(await store.read()).toEqual([]);
  expect(await store.pin(BASELINE)).toEqual(ok(undefined));
  expect(await (await open(directory.path)).read()).toEqual([BASELINE]);
  const text = await readFile(join(directory.path, "baselines.json"), "utf8");
  expect(JSON.parse(text)).toEqual({ version: 1, value: [BASELINE] });
});

test("pinning takes the place of what has the same key, and of nothing else", async () => {
  await using directory = await makeTemporaryDirectory();
  const store = await open(directory.path);
  const others = [
    { ...BASELINE, model: "NVIDIA A100" },
    { ...BASELINE, probe: "other" },
    { ...BASELINE, runtime: "torch" },
    { ...BASELINE, concurrency: "4" },
  ];
  for (const baseline of [BASELINE, ...others]) await store.pin(baseline);
  const next = { ...BASELINE, seconds: 0.3, driverVersion: "590.1" };
  await store.pin(next);
  expect(await store.read()).toEqual([...others, next]);
});

test("clearing tells what it took, and leaves the rest", async () => {
  await using directory = await makeTemporaryDirectory();
  const store = await open(directory.path);
  const other = { ...BASELINE, probe: "other" };
  await store.pin(BASELINE);
  await store.pin(other);
  expect(await store.clear(({ probe }) => probe === "none")).toEqual(ok([]));
  expect(await store.clear(({ probe }) => probe === "start")).toEqual(ok([BASELINE]));
  expect(await store.read()).toEqual([other]);
});

test.each([
  ["half a file", '{"version":1,"value":[{"mod'],
  ["a later version", '{"version":2,"value":[]}'],
  ["no list", '{"version":1,"value":{}}'],
  ["a baseline of no time", JSON.stringify({ version: 1, value: [{ ...BASELINE, seconds: 0 }] })],
  ["a baseline without a model", JSON.stringify({ version: 1, value: [{ probe: "start" }] })],
])("%s is set aside with one line, and never used", async (_, text) => {
  await using directory = await makeTemporaryDirectory();
  await writeFile(join(directory.path, "baselines.json"), text);
  const store = await open(directory.path);
  expect(await store.read()).toEqual([]);
  expect(store.lines).toEqual([expect.stringMatching(/level=warn .*was set aside/)]);
  const [aside = ""] = await readdir(directory.path);
  expect(aside).toMatch(/^baselines\.json\.corrupt-\d+$/);
  expect(await readFile(join(directory.path, aside), "utf8")).toBe(text);
  await store.pin(BASELINE);
  expect(await store.read()).toEqual([BASELINE]);
});

test("what cannot be kept is an error that says why", async () => {
  const store = await open("/proc");
  expect(await store.pin(BASELINE)).toEqual({
    ok: false,
    error: expect.stringContaining("cannot be written"),
  });
});
