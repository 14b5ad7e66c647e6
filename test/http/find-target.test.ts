import { expect, it } from "vitest";
import { findTarget } from "../../src/http/find-target.ts";
import { processMemory } from "../../src/probes/process-memory.ts";
import { makeTarget, uuidOf } from "../metrics/records.ts";

const COMMAND = { runtime: "command", argv: ["/bin/true"], phases: ["first_inference"] };
const FIRST = makeTarget(0, { name: "start" });
const SECOND = makeTarget(1, { name: "start" });
const ALONE = makeTarget(1, { name: "alone" });
const HOST = makeTarget(undefined, { name: "memory", kind: processMemory });
const OWN = makeTarget(0, { name: "engine", options: COMMAND });
const TARGETS = [FIRST, SECOND, ALONE, HOST, OWN];

it.each([
  ["an index", { probe: "start", gpu: 1 }, SECOND],
  ["a UUID", { probe: "start", gpu: uuidOf(0) }, FIRST],
  ["the beginning of a UUID that fits one", { probe: "alone", gpu: "GPU-0" }, ALONE],
  ["no GPU, where there is one target", { probe: "alone" }, ALONE],
  ["no GPU, of the host", { probe: "memory" }, HOST],
])("finds a target by %s", (_, request, target) => {
  expect(findTarget(request, TARGETS)).toEqual({ ok: true, value: target });
});

it.each([
  ["no such probe", { probe: "other" }, 404],
  ["a GPU that the probe is not on", { probe: "alone", gpu: 0 }, 404],
  ["a UUID that nobody has", { probe: "start", gpu: "GPU-ff" }, 404],
  ["one of several GPUs without saying which", { probe: "start" }, 400],
  ["the beginning of several UUIDs", { probe: "start", gpu: "GPU-0" }, 400],
  ["a GPU of a probe of the host", { probe: "memory", gpu: 0 }, 400],
  ["a program of the configuration's own", { probe: "engine", gpu: 0 }, 403],
])("refuses %s", (_, request, status) => {
  expect(findTarget(request, TARGETS)).toMatchObject({ ok: false, error: { status } });
});
