import { expect, test } from "vitest";
import { cpuSeconds, residentBytes } from "../../scripts/bench/machine.js";
import { alternate, medianOf } from "../../scripts/bench/rounds.js";
import { atLeast, atMost, told } from "../../scripts/bench/row.js";
import { toMarkdown } from "../../scripts/bench/table.js";

const start = { what: "start", ours: 3, theirs: 2, unit: "s" };

test("who is first takes turns, and each is measured once a round", async () => {
  const order: string[] = [];
  const note = (name: string) => async (): Promise<number> => order.push(name);

  const results = await alternate(3, { ours: note("a"), theirs: note("b") });

  expect(order.join("")).toBe("abbaab");
  expect(results.ours).toEqual([1, 4, 5]);
  expect(medianOf(results.ours, (count) => count)).toBe(4);
});

test("a ratio is judged where there is something to compare with, and the figure itself where there is not", () => {
  expect(atMost(start, 1.5)).toMatchObject({ ratio: 1.5, target: "at most 1.5", met: true });
  expect(atMost(start, 1.4)).toMatchObject({ met: false });
  expect(atLeast(start, 1.6)).toMatchObject({ target: "at least 1.6", met: false });
  expect(atMost({ what: "size", ours: 90, unit: "KiB" }, 100)).toMatchObject({ met: true });
});

test("a figure that is told has a ratio and no verdict", () => {
  expect(told(start)).toEqual({ ...start, ratio: 1.5 });
});

test("the table says which target was missed", () => {
  const table = toMarkdown({
    start: [atMost(start, 1.4), told({ what: "own", ours: 5, unit: "s" })],
  });

  expect(table.split("\n").slice(2)).toEqual([
    "| start: start | 3 | 2 | s | 1.5 | at most 1.4 | **no** |",
    "| start: own | 5 |  | s |  |  |  |",
    "",
  ]);
});

test("a process's own time grows as it works, and its memory is that of the system's books", async () => {
  const before = await cpuSeconds(process.pid);
  const end = process.cpuUsage().user + 100_000;
  while (process.cpuUsage().user < end);

  expect((await cpuSeconds(process.pid)) - before).toBeGreaterThan(0.09);
  expect(await residentBytes(process.pid)).toBeGreaterThan(1e7);
});
