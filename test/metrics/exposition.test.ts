import { beforeEach, describe, expect, it } from "vitest";
import { createExposition, type Exposition, type Page } from "../../src/metrics/exposition.ts";

let renderings: string[];
let values: Map<string, string>;
let exposition: Exposition;

beforeEach(() => {
  renderings = [];
  values = new Map([
    ["a", "a 1"],
    ["b", ""],
    ["c", "c 1"],
  ]);
  exposition = createExposition(["a", "b", "c"], async (family) => {
    renderings.push(family);
    return values.get(family) ?? "";
  });
});

describe("an exposition", () => {
  it("joins the families in their order, each line ended, and leaves out those without text", async () => {
    expect(textOf(await exposition.read())).toBe("a 1\nc 1\n");
  });

  it("is the very same page, without any rendering, while nothing changes", async () => {
    const first = await exposition.read();
    renderings.length = 0;
    expect(await exposition.read()).toBe(first);
    expect(renderings).toEqual([]);
  });

  it("renders a changed family once, at the next read, and no other", async () => {
    await exposition.read();
    renderings.length = 0;
    values.set("c", "c 2");
    exposition.markStale("c");
    exposition.markStale("c");
    expect(renderings).toEqual([]);
    expect(textOf(await exposition.read())).toBe("a 1\nc 2\n");
    expect(renderings).toEqual(["c"]);
  });

  it("has the very same bytes for what has not changed", async () => {
    const [a, c] = await exposition.read();
    exposition.markStale("c");
    const page = await exposition.read();
    expect(page[0]).toBe(a);
    expect(page[1]).not.toBe(c);
    expect(page).toHaveLength(2);
  });

  it("leaves out a family that has no text any more", async () => {
    await exposition.read();
    values.set("a", "");
    exposition.markStale("a");
    expect(textOf(await exposition.read())).toBe("c 1\n");
  });

  it("renders once for reads at the same time", async () => {
    const [first, second] = await Promise.all([exposition.read(), exposition.read()]);
    expect(second).toBe(first);
    expect(renderings).toEqual(["a", "b", "c"]);
  });

  it("does not miss a change that comes while it renders", async () => {
    const reading = exposition.read();
    await Promise.resolve();
    values.set("a", "a 2");
    exposition.markStale("a");
    await reading;
    expect(textOf(await exposition.read())).toBe("a 2\nc 1\n");
  });

  it("hands on a failure to render, and tries that family again", async () => {
    let broken = true;
    const flaky = createExposition(["a"], async () => {
      if (broken) throw new Error("cannot render");
      return "a 1";
    });
    await expect(flaky.read()).rejects.toThrow("cannot render");
    broken = false;
    expect(textOf(await flaky.read())).toBe("a 1\n");
  });
});

function textOf(page: Page): string {
  return Buffer.concat(page).toString();
}
