import { describe, expect, test } from "vitest";
import { createDeferred } from "../../src/base/deferred.ts";
import { createLifecycle } from "../../src/base/lifecycle.ts";

describe("createLifecycle", () => {
  test("closes in reverse, each only when the one before it has closed", async () => {
    const events: string[] = [];
    const lifecycle = createLifecycle();
    for (const name of ["storage", "scheduler", "http"]) {
      lifecycle.add(name, async () => {
        events.push(`${name} closes`);
        await Promise.resolve();
        events.push(`${name} closed`);
      });
    }
    expect(await lifecycle.close()).toEqual([]);
    expect(events).toEqual([
      "http closes",
      "http closed",
      "scheduler closes",
      "scheduler closed",
      "storage closes",
      "storage closed",
    ]);
  });

  test("one that fails is returned and does not keep the others open", async () => {
    const closed: string[] = [];
    const lifecycle = createLifecycle();
    const thrown = new Error("thrown");
    const rejected = new Error("rejected");
    lifecycle.add("first", () => void closed.push("first"));
    lifecycle.add("throws", () => {
      throw thrown;
    });
    lifecycle.add("rejects", async () => Promise.reject(rejected));
    lifecycle.add("last", () => void closed.push("last"));
    expect(await lifecycle.close()).toEqual([
      { name: "rejects", error: rejected },
      { name: "throws", error: thrown },
    ]);
    expect(closed).toEqual(["last", "first"]);
  });

  test("closes nothing twice", async () => {
    let closes = 0;
    const lifecycle = createLifecycle();
    lifecycle.add("part", () => {
      closes += 1;
    });
    await Promise.all([lifecycle.close(), lifecycle.close()]);
    await lifecycle.close();
    expect(closes).toBe(1);
  });

  test("a second call waits until what the first one closes is closed", async () => {
    let closed = false;
    const opened = createDeferred<void>();
    const lifecycle = createLifecycle();
    lifecycle.add("slow", async () => {
      await opened.promise;
      closed = true;
    });
    const first = lifecycle.close();
    const second = lifecycle.close();
    opened.resolve();
    await second;
    expect(closed).toBe(true);
    await first;
  });

  test("what is added while it closes is closed too", async () => {
    const closed: string[] = [];
    const lifecycle = createLifecycle();
    lifecycle.add("early", () => {
      lifecycle.add("late", () => void closed.push("late"));
      closed.push("early");
    });
    await lifecycle.close();
    expect(closed).toEqual(["early", "late"]);
  });
});
