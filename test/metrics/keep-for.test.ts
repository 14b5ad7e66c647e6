import { expect, it } from "vitest";
import { keepFor } from "../../src/metrics/keep-for.ts";

it("what is kept is the same object until it is so old, and another one then", async () => {
  let now = 10;
  const get = keepFor(0.1, async () => ({ madeAt: now }), { monotonicSeconds: () => now });
  const first = await get();
  now = 10.09;
  expect(await get()).toBe(first);
  now = 10.2;
  expect(await get()).toEqual({ madeAt: 10.2 });
});

it("what failed is tried again by who asks next", async () => {
  let isBroken = true;
  const make = async (): Promise<object> => {
    if (isBroken) throw new Error("broken");
    return {};
  };
  const get = keepFor(0.1, make, { monotonicSeconds: () => 0 });
  await expect(get()).rejects.toThrow("broken");
  isBroken = false;
  expect(await get()).toEqual({});
});
