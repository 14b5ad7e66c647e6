import { expect, test } from "vitest";
import { createDeferred } from "../../src/base/deferred.ts";

test("a deferred is fulfilled by the first call alone", async () => {
  const deferred = createDeferred<number>();
  deferred.resolve(1);
  deferred.resolve(2);
  expect(await deferred.promise).toBe(1);
});

test("a deferred is pending until it is resolved", async () => {
  const deferred = createDeferred<string>();
  const first = await Promise.race([deferred.promise, Promise.resolve("pending")]);
  expect(first).toBe("pending");
});
