import { resolve } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";

const MODULE = resolve(import.meta.dirname, "../../dist/base/small-heap.js");

const MIB = 2 ** 20;

interface Spaces {
  readonly young: number;
  readonly old: number;
}

/** What a process has of V8's spaces at most, while it makes many objects of which some 10 MiB live for a while. */
async function grown(before: string): Promise<Spaces> {
  const work = `
    ${before}
    const { getHeapSpaceStatistics } = await import("node:v8");
    const sizeOf = (name) => getHeapSpaceStatistics().find((space) => space.space_name === name).space_size;
    const kept = [];
    let [young, old] = [0, 0];
    for (let made = 0; made < 2e6; made += 1) {
      kept[made % 100_000] = { made, text: String(made) };
      if (made % 10_000 > 0) continue;
      young = Math.max(young, sizeOf("new_space"));
      old = Math.max(old, sizeOf("old_space"));
    }
    process.stdout.write(JSON.stringify({ young, old }));`;
  return evaluate(work);
}

interface Collected {
  readonly has: number;
  readonly uses: number;
  readonly kept: number;
}

/** What a process has of V8's old space after a collection, and uses of it, when two of three objects that had been in it for long are gone. */
async function collected(before: string): Promise<Collected> {
  const work = `
    ${before}
    const { getHeapSpaceStatistics } = await import("node:v8");
    const kept = Array.from({ length: 300_000 }, (_, made) => ({ made, text: String(made) }));
    gc();
    for (let made = 0; made < kept.length; made += 1) if (made % 3 > 0) kept[made] = undefined;
    gc();
    const { space_size, space_used_size } = getHeapSpaceStatistics().find((space) => space.space_name === "old_space");
    process.stdout.write(JSON.stringify({ has: space_size, uses: space_used_size, kept: kept.filter(Boolean).length }));`;
  return evaluate(work);
}

/** What a program prints. */
async function evaluate<Printed>(program: string): Promise<Printed> {
  const args = ["--expose-gc", "--input-type=module", "--eval", program];
  const { stdout } = await execa(process.execPath, args);
  const printed: Printed = JSON.parse(stdout);
  return printed;
}

const KEPT_SMALL = `const heap = await import(${JSON.stringify(MODULE)}); heap.keepYoungSpaceSmall(); heap.keepOldSpaceSmall();`;

test("a heap that is kept small grows with what is alive, and less than one that is not", async () => {
  const small = await grown(KEPT_SMALL);
  const usual = await grown("");

  expect(small.young).toBeLessThanOrEqual(8 * MIB);
  expect(usual.young).toBeGreaterThan(16 * MIB);
  expect(small.old).toBeGreaterThan(5 * MIB);
  expect(small.young + small.old).toBeLessThan((usual.young + usual.old) * 0.7);
});

test("a heap that is kept small has hardly more than is alive in it after a collection, unlike one that is not", async () => {
  const small = await collected(KEPT_SMALL);
  const usual = await collected("");

  expect(small.kept).toBe(100_000);
  expect(small.has).toBeLessThan(small.uses * 1.5);
  expect(usual.has).toBeGreaterThan(usual.uses * 1.5);
});
