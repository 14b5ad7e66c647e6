import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { growthCharts } from "../../scripts/bench/scale/charts.js";
import { fasten } from "../../scripts/bench/scale/faster.js";
import { compareGrowth, exponentOf, growthRows } from "../../scripts/bench/scale/growth.js";
import { countSeries } from "../../scripts/bench/scale/scrape.js";
import { makeSheet } from "../../scripts/bench/scale/sheet.js";
import { withSleepers } from "../../scripts/bench/scale/sleepers.js";
import { emulatorLines } from "../../scripts/bench/scale/tenants.js";
import { parseConfig } from "../../src/config/parse-config.ts";
import { KINDS } from "../../src/probes/index.ts";
import { validateSchedule } from "../../src/scheduler/schedule.ts";
import { readSvg } from "../support/read-svg.ts";

const SIZES = [1, 2, 4, 8, 16];
const SCHEDULES = {
  coldStart: "*/30 * * * * *",
  processMemory: "*/5 * * * * *",
  others: "* * * * *",
};

describe("growth", () => {
  test.each([
    [0.5, 2 ** 0.5 / 2],
    [1, 1],
    [2, 2],
  ])("with exponent %d is told from the others", (exponent, ratio) => {
    const points = pointsOf((size) => 7 + 3 * size ** exponent);

    const { ours, theirs, detail } = compareGrowth(points, 7);

    expect(ours / theirs).toBeCloseTo(ratio, 9);
    expect(detail.exponent).toBeCloseTo(exponent, 9);
  });

  test("that a fixed part hides from the fit is seen between the largest two", () => {
    const points = pointsOf((size) => 50 + size ** 2);

    const { ours, theirs } = compareGrowth(points, 0);

    expect(exponentOf(points, 0)).toBeLessThan(1.1);
    expect(ours / theirs).toBeGreaterThan(1.1);
  });

  test("is judged in all but what has garbage in it and what is a matter of the schedule", () => {
    const rows = growthRows("devices", [0, ...SIZES].map(watchedOf));

    expect(rows.filter(({ met }) => met === true)).toHaveLength(5);
    expect(rows.filter(({ met }) => met === undefined).map(({ what }) => what)).toEqual([
      "resident memory above idle with 16 devices, beside 8 in proportion",
      "runs above idle with 16 devices, beside 8 in proportion",
    ]);
  });

  test("is refused where there is a single size", () => {
    expect(() => compareGrowth([{ size: 1, value: 1 }], 0)).toThrow("between two sizes");
  });
});

test("the faster configuration is without a mistake, and one that is not as shipped is refused", async () => {
  const file = resolve(import.meta.dirname, "../../config/cudaprobe.yml");
  const text = fasten(await readFile(file, "utf8"), SCHEDULES);

  const parsed = parseConfig({ file, text, kinds: KINDS, validateSchedule });

  expect(parsed).toMatchObject({ ok: true });
  expect(() => fasten("probes: []\n", SCHEDULES)).toThrow("the configuration has no");
});

test("emulated processes are on all GPUs in turn, each with other memory the next time", () => {
  const host = { gpus: 2, processes: 3, pids: [11, 12] };

  const [gpus, , ...tenants] = emulatorLines(host, 0);

  expect(gpus).toBe("gpus = 2");
  expect(tenants).toEqual([
    "tenant = gpu=0 pid=11 bytes=2097152",
    "tenant = gpu=1 pid=11 bytes=2104320",
    "tenant = gpu=0 pid=12 bytes=2111488",
  ]);
  const next = emulatorLines(host, 1);
  expect(tenants.filter((line) => next.includes(line))).toEqual([]);
});

test("those who sleep are there during the work and not after it", async () => {
  const pids = await withSleepers(3, async (sleeping) => {
    expect(sleeping.map(isThere)).toEqual([true, true, true]);
    return sleeping;
  });
  await expect.poll(() => pids.some(isThere)).toBe(false);
});

test("series are the lines that are no comments", () => {
  expect(countSeries('# HELP a A.\n# TYPE a gauge\na{b="#"} 1\na 2\n')).toBe(2);
});

test("a sheet is one well-formed picture of all quantities, and nothing is drawn of nothing", () => {
  const rows = growthRows("devices", [0, ...SIZES].map(watchedOf));
  const charts = growthCharts(rows, "devices");

  const svg = readSvg(makeSheet(charts).replace(/<style>[\s\S]*<\/style>/, ""));

  expect(charts.map(({ title }) => title)).toHaveLength(4);
  for (const { title } of charts) expect(svg.text).toContain(title);
  expect(growthCharts(rows, "processes")).toEqual([]);
  expect(() =>
    makeSheet([
      {
        type: "curve",
        title: "none",
        unit: "count",
        over: { name: "x", unit: "count" },
        series: [],
      },
    ]),
  ).toThrow("nothing to be drawn of none");
});

function pointsOf(value: (size: number) => number): readonly { size: number; value: number }[] {
  return SIZES.map((size) => ({ size, value: value(size) }));
}

function watchedOf(size: number): Parameters<typeof growthRows>[1][number] {
  const value = 1 + size;
  const window = {
    cpu: value,
    memory: 1 + size ** 2,
    runs: 1,
    series: value,
    bytes: value,
    scrape: value,
  };
  return { size, windows: [window], alive: value };
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
