import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { createLane, type EnterOptions, type Lane } from "../../src/lane/lane.ts";

/** Enters, notes its name, and leaves when it is told to. */
function visit(lane: Lane, options?: EnterOptions) {
  const order: string[] = [];
  return {
    order,
    enter: async (name: string, own: EnterOptions = options ?? {}) => {
      const leave = await lane.enter(own);
      order.push(name);
      leave();
    },
  };
}

describe("createLane", () => {
  test("whoever comes to an empty lane is let in and does not wait", async () => {
    const lane = createLane();
    const leave = await lane.enter();
    expect(lane.waiting()).toBe(0);
    leave();
  });

  test("one at a time, in the order of coming", async () => {
    const lane = createLane();
    const leave = await lane.enter();
    const { order, enter } = visit(lane);
    const all = Promise.all([enter("a"), enter("b"), enter("c")]);
    expect(lane.waiting()).toBe(3);
    expect(order).toEqual([]);
    leave();
    await all;
    expect(order).toEqual(["a", "b", "c"]);
    expect(lane.waiting()).toBe(0);
  });

  test("a first one goes before the others and after the firsts before it", async () => {
    const lane = createLane();
    const leave = await lane.enter();
    const { order, enter } = visit(lane);
    const all = Promise.all([
      enter("a"),
      enter("first 1", { first: true }),
      enter("b"),
      enter("first 2", { first: true }),
    ]);
    leave();
    await all;
    expect(order).toEqual(["first 1", "first 2", "a", "b"]);
  });

  test("the lane is not let to two when one leaves twice", async () => {
    const lane = createLane();
    const leave = await lane.enter();
    const second = lane.enter();
    const third = lane.enter();
    leave();
    leave();
    const leaveSecond = await second;
    expect(lane.waiting()).toBe(1);
    leaveSecond();
    (await third)();
  });

  test("who leaves twice does not put out the one who came after", async () => {
    const lane = createLane();
    const leave = await lane.enter();
    leave();
    const leaveSecond = await lane.enter();
    leave();
    const third = lane.enter();
    expect(lane.waiting()).toBe(1);
    leaveSecond();
    (await third)();
  });

  test("an aborted wait rejects with the signal's reason and leaves the queue", async () => {
    const lane = createLane();
    const leave = await lane.enter();
    const controller = new AbortController();
    const reason = new Error("the next tick has come");
    const { order, enter } = visit(lane);
    const before = enter("before");
    const aborted = enter("aborted", { signal: controller.signal });
    const after = enter("after");
    controller.abort(reason);
    await expect(aborted).rejects.toBe(reason);
    expect(lane.waiting()).toBe(2);
    leave();
    await Promise.all([before, after]);
    expect(order).toEqual(["before", "after"]);
  });

  test("a signal that was aborted before does not let in, and the lane stays free", async () => {
    const lane = createLane();
    await expect(lane.enter({ signal: AbortSignal.abort() })).rejects.toThrow("aborted");
    (await lane.enter())();
  });

  test("a signal that comes when the lane was handed over does not throw another out", async () => {
    const lane = createLane();
    const leave = await lane.enter();
    const controller = new AbortController();
    const second = lane.enter({ signal: controller.signal });
    const third = lane.enter();
    leave();
    controller.abort();
    const leaveSecond = await second;
    expect(lane.waiting()).toBe(1);
    leaveSecond();
    (await third)();
  });

  test("no listener is left on a signal, however the wait ended", async () => {
    const lane = createLane();
    const { signal } = new AbortController();
    const leave = await lane.enter({ signal });
    const second = lane.enter({ signal });
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    leave();
    (await second)();
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });
});
