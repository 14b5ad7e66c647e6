import { expect, test } from "vitest";
import { parse } from "./fixtures.ts";

/** Those of a probe with these keys. */
function settings(keys: string, more = ""): string {
  return parse(`probes: [{ ${keys} }]\n${more}`).probes[0]?.settings ?? "";
}

const TORCH = 'name: a, kind: cold_start, runtime: torch, schedule: "* * * * *"';

test("probes that say the same have the same settings, in whatever order they say it", () => {
  const reordered = 'schedule: "* * * * *", runtime: torch, name: a, kind: cold_start';
  expect(settings(reordered, "limits: { history: 5 }")).toBe(settings(TORCH));
});

test("probes that differ in anything, their interpreter too, have other settings", () => {
  const all = [
    settings(TORCH),
    settings(TORCH.replace("torch", "jax")),
    settings(`${TORCH}, timeout: 9s`),
    settings(`${TORCH}, gpus: [0]`),
    settings(TORCH.replace("* * * * *", "*/2 * * * *")),
    settings(TORCH, "frameworks: { python: { default: /opt/python3 } }"),
  ];
  expect(new Set(all).size).toBe(all.length);
});
