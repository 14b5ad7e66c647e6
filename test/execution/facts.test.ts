import { expect, it } from "vitest";
import { fail, ok } from "../../src/base/result.ts";
import type { DeviceLister } from "../../src/devices/list-devices.ts";
import { createFacts, type Facts } from "../../src/execution/facts.ts";
import { device } from "../config/fixtures.ts";
import { listing } from "../gates/fixtures.ts";
import { createClock } from "../support/still-clock.ts";

interface Rig {
  readonly facts: Facts;
  readonly advance: (seconds: number) => void;
  /** How each look was made. */
  readonly looks: readonly string[];
}

/** Facts over a host with one GPU. */
function makeRig(persistenceMode: "enabled" | "disabled" = "enabled"): Rig {
  const clock = createClock();
  const looks: string[] = [];
  const facts = createFacts({
    clock,
    lister: {
      list: async (attach) => {
        looks.push(attach);
        const devices = [{ ...device(0, "GPU-a"), persistenceMode }];
        return Promise.resolve(ok(listing({ atSeconds: clock.monotonicSeconds(), devices })));
      },
      hangs: () => looks.length > 1,
    },
  });
  return { facts, advance: clock.advance, looks };
}

it("is one look for all the runs of a tick", async () => {
  const { facts, advance, looks } = makeRig();
  await facts.fresh();
  advance(1.9);
  await facts.fresh();
  expect(looks).toHaveLength(1);
});

it("is another look when the last one is too old to decide by", async () => {
  const { facts, advance, looks } = makeRig();
  await facts.fresh();
  advance(2);
  await facts.fresh();
  expect(looks).toHaveLength(2);
});

it("does not wake a GPU that sleeps when nobody holds it, once that is known", async () => {
  const { facts, advance, looks } = makeRig("disabled");
  await facts.fresh();
  advance(5);
  await facts.fresh();
  expect(looks).toEqual(["attach", "no_attach"]);
});

it("knows of a look whose process hangs", async () => {
  const { facts, advance } = makeRig();
  await facts.fresh();
  expect(facts.lookHangs()).toBe(false);
  advance(2);
  await facts.fresh();
  expect(facts.lookHangs()).toBe(true);
});

it("takes the look that was begun, once, and makes the next one itself", async () => {
  const { facts, looks } = makeRig();
  facts.begin();
  expect(looks).toHaveLength(1);
  expect(facts.latest()).toBeUndefined();
  await facts.refresh();
  expect(looks).toHaveLength(1);
  expect(facts.latest()?.devices).toHaveLength(1);
  await facts.refresh();
  expect(looks).toHaveLength(2);
});

it("ends the look that was begun when who waits for it gives up, or nobody wants it", async () => {
  const { facts, ended } = makeEndless();
  facts.begin();
  const stopping = new AbortController();
  const waiting = facts.refresh(stopping.signal);
  expect(ended()).toBe(0);
  stopping.abort();
  expect(await waiting).toEqual(fail("cancelled"));
  const end = facts.begin();
  expect(ended()).toBe(1);
  await end();
  expect(ended()).toBe(2);
});

it("forgets the look that was begun when nobody may look, and says until when it is at work", async () => {
  const { facts, ended } = makeEndless();
  expect(facts.isBegun()).toBe(false);
  const end = facts.begin();
  expect(facts.isBegun()).toBe(true);
  facts.drop();
  await end();
  expect(ended()).toBe(1);
  expect(facts.isBegun()).toBe(false);
  expect(facts.latest()).toBeUndefined();
  const stopping = new AbortController();
  const waiting = facts.refresh(stopping.signal);
  stopping.abort();
  // It was a look of its own.
  expect(await waiting).toEqual(fail("cancelled"));
  expect(ended()).toBe(2);
});

/** Facts over a host whose looks go on until they are ended. */
function makeEndless(): { readonly facts: Facts; readonly ended: () => number } {
  let ended = 0;
  const list: DeviceLister["list"] = async (_attach, signal) =>
    new Promise((resolve) => {
      signal?.addEventListener("abort", () => {
        ended += 1;
        resolve(fail("cancelled"));
      });
    });
  const lister = { list, hangs: () => false };
  return { facts: createFacts({ clock: createClock(), lister }), ended: () => ended };
}
