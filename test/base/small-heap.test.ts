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
  const { stdout } = await execa(process.execPath, ["--input-type=module", "--eval", work]);
  const spaces: Spaces = JSON.parse(stdout);
  return spaces;
}

test("a heap that is kept small grows with what is alive, and less than one that is not", async () => {
  const small = await grown(
    `const heap = await import(${JSON.stringify(MODULE)}); heap.keepYoungSpaceSmall(); heap.keepOldSpaceSmall();`,
  );
  const usual = await grown("");

  expect(small.young).toBeLessThanOrEqual(8 * MIB);
  expect(usual.young).toBeGreaterThan(16 * MIB);
  expect(small.old).toBeGreaterThan(5 * MIB);
  expect(small.young + small.old).toBeLessThan((usual.young + usual.old) * 0.7);
});
