import { beforeEach, describe, expect, it } from "vitest";
import { createExposition, type Exposition } from "../../src/metrics/exposition.ts";

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
    const { text, bytes } = await exposition.read();
    expect(text).toBe("a 1\nc 1\n");
    expect(bytes.toString()).toBe(text);
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
    expect((await exposition.read()).text).toBe("a 1\nc 2\n");
    expect(renderings).toEqual(["c"]);
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
    expect((await exposition.read()).text).toBe("a 2\nc 1\n");
  });

  it("hands on a failure to render, and tries that family again", async () => {
    let broken = true;
    const flaky = createExposition(["a"], async () => {
      if (broken) throw new Error("cannot render");
      return "a 1";
    });
    await expect(flaky.read()).rejects.toThrow("cannot render");
    broken = false;
    expect((await flaky.read()).text).toBe("a 1\n");
  });
});
