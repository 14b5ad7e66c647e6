import { beforeEach, describe, expect, it } from "vitest";
import { createScope, type Scope } from "../../src/metrics/scope.ts";
import { createStore, type SeriesStore } from "../../src/metrics/store.ts";
import type { Family } from "../../src/probes/family.ts";

const families: readonly Family[] = ["test_a", "test_b"].map((name) => ({
  name,
  type: "gauge",
  help: "A value.",
  labelNames: ["of"],
  device: false,
}));

let store: SeriesStore;
let scope: Scope;

const one = { family: "test_a", labels: { of: "one" }, value: 1 };
const two = { family: "test_a", labels: { of: "two" }, value: 2 };
const other = { family: "test_b", labels: { of: "one" }, value: 3 };

beforeEach(() => {
  store = createStore(families, () => undefined);
  scope = createScope(store);
  for (const observation of [one, two, other]) scope.write(observation);
});

async function series(): Promise<readonly string[]> {
  const texts = await Promise.all(families.map(({ name }) => store.render(name)));
  return texts.flatMap((text) => text.split("\n")).filter((line) => line.startsWith("test"));
}

describe("a scope", () => {
  it("replaces the series that it covers and leaves the others", async () => {
    scope.replace((family) => family === "test_a", [{ ...two, value: 4 }]);
    expect(await series()).toEqual(['test_a{of="two"} 4', 'test_b{of="one"} 3']);
  });

  it("removes a series whose new value is not finite", async () => {
    scope.replace((family) => family === "test_a", [one, { ...two, value: Number.NaN }]);
    expect(await series()).toEqual(['test_a{of="one"} 1', 'test_b{of="one"} 3']);
  });

  it("is cleared of its own series alone, zeros included", async () => {
    store.write({ family: "test_a", labels: { of: "somebody else" }, value: 5 });
    scope.zero({ family: "test_b", labels: { of: "zero" } });
    scope.clear();
    expect(await series()).toEqual(['test_a{of="somebody else"} 5']);
  });
});
