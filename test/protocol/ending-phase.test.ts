import { describe, expect, test } from "vitest";
import { endingPhase } from "../../src/protocol/ending-phase.ts";
import { foldLines, say } from "../support/protocol-lines.ts";

const start = [say.spawned(1), say.hello(), say.end("spawn", 2)];
const init = [say.begin("init", 3), say.end("init", 4)];

function phaseAfter(lines: readonly string[]): string | undefined {
  const [instance] = foldLines(lines).instances;
  return instance && endingPhase(instance);
}

describe("the phase in which an instance ended is", () => {
  test.each([
    ["spawn, when it said nothing", start.slice(0, 1), "spawn"],
    ["spawn, when it had only said hello", start.slice(0, 2), "spawn"],
    ["none, between two phases", start, undefined],
    ["none, after the last", [...start, ...init], undefined],
    ["the one that had begun", [...start, ...init, say.begin("context", 5)], "context"],
    ["exit, after a success", [...start, ...init, say.success()], "exit"],
    ["exit, after a failure that names none", [...start, ...init, say.failure()], "exit"],
    [
      "the one its result names",
      [...start, ...init, say.failure({ phase: "allocate" })],
      "allocate",
    ],
    ["the one it failed in", [...start, say.begin("init", 3), say.failure()], "init"],
    ["exit, when it was reaped after its result", [...start, say.success(), say.reaped(9)], "exit"],
  ])("%s", (_, lines, phase) => {
    expect(phaseAfter(lines)).toBe(phase);
  });
});
