import { describe, expect, test } from "vitest";
import { createFold } from "../../src/protocol/fold.ts";
import { foldLines, say, STORY } from "../support/protocol-lines.ts";

describe("the rules", () => {
  test.each([
    ["a line that is none", [...upTo(2), "loading…"], 'line 3: it is no JSON object: "loading…"'],
    ["a second hello", [...upTo(2), say.hello()], "line 3: a second hello"],
    ["begin first", [say.spawned(1), say.begin("init", 2)], "line 2: begin before hello"],
    ["result first", [say.success()], "line 1: result before hello"],
    ["sample first", [say.sample("a", 1)], "line 1: sample before hello"],
    ["a second spawned", [...upTo(1), say.spawned(10)], "line 2: a second spawned"],
    ["a second reaped", [...STORY, say.reaped(13)], "line 12: a second reaped"],
    ["reaped alone", [say.reaped(1)], "line 1: reaped before spawned"],
    [
      "reaped of another",
      [...upTo(10), say.reaped(13, { pid: 4712, exit_code: 0 })],
      "line 11: reaped another pid than was spawned",
    ],
    ["a second result", [...upTo(10), say.success()], "line 11: a second result"],
    ["begin after the result", [...upTo(10), say.begin("a", 13)], "line 11: begin after result"],
    ["hello after the result", [...upTo(10), say.hello()], "line 11: hello after result"],
    [
      "a line after the end",
      [...STORY, say.sample("a", 1)],
      "line 12: sample after the instance was reaped",
    ],
    [
      "phases that nest",
      [...upTo(4), say.begin("context", 11)],
      "line 5: the phase context begins inside the phase init",
    ],
    [
      "an end alone",
      [...upTo(3), say.end("init", 11)],
      "line 4: the phase init ends and had not begun",
    ],
    [
      "the end of another phase",
      [...upTo(4), say.end("context", 11)],
      "line 5: the phase context ends and had not begun",
    ],
    [
      "a success inside a phase",
      [...upTo(4), say.success()],
      "line 5: a success inside the phase init",
    ],
    [
      "begin of spawn",
      [...upTo(2), say.begin("spawn", 11)],
      "line 3: the phase spawn has no begin",
    ],
    ["begin of exit", [...upTo(9), say.begin("exit", 13)], "line 10: the phase exit has no begin"],
    ["end of exit", [...upTo(9), say.end("exit", 13)], "line 10: the phase exit has no end"],
    [
      "end of spawn again",
      [...upTo(3), say.end("spawn", 11)],
      "line 4: the end of spawn is not the first stamp",
    ],
    [
      "end of spawn in a phase",
      [...upTo(2), say.begin("init", 11), say.end("spawn", 12)],
      "line 4: the end of spawn is not the first stamp",
    ],
    [
      "a begin before the last end",
      [...upTo(5), say.begin("context", 10.9)],
      "line 6: the stamps of begin run backwards",
    ],
    [
      "an end before its begin",
      [...upTo(4), say.end("init", 10.4)],
      "line 5: the stamps of end run backwards",
    ],
    [
      "an end before it began",
      [...upTo(4), say.end("init", 11, { began_at_seconds: 11.5 })],
      "line 5: the stamps of end run backwards",
    ],
    [
      "a phase that began before its begin",
      [...upTo(4), say.end("init", 11, { began_at_seconds: 10.4 })],
      "line 5: the stamps of end run backwards",
    ],
    [
      "a probe older than its spawning",
      [...upTo(2), say.end("spawn", 9)],
      "line 3: the stamps of end run backwards",
    ],
    [
      "a probe older than its spawning, said late",
      [say.hello(), say.end("spawn", 9), say.spawned(10)],
      "line 3: the probe's stamps are from before it was spawned",
    ],
    [
      "reaped before its last stamp",
      [...upTo(10), say.reaped(11)],
      "line 11: reaped is stamped before what it followed",
    ],
    [
      "reaped before spawned, by the stamps",
      [...upTo(1), say.reaped(9)],
      "line 2: reaped is stamped before what it followed",
    ],
  ])("%s is a problem", (_, lines, problem) => {
    expect(foldLines(lines).problem).toBe(problem);
  });

  test("the first problem is the one that is named, and push says each", () => {
    const folded = createFold();
    expect(folded.push("garbage").ok).toBe(false);
    expect(folded.push(say.success())).toEqual({ ok: false, error: "result before hello" });
    expect(folded.report().problem).toMatch(/^line 1: /);
  });

  test("a refused line leaves no trace, and what comes after it is taken", () => {
    const [first = "", ...rest] = STORY;
    const lines = [first, say.sample("early", 1), say.reaped(9), ...rest, say.failure()];
    const { problem, ...report } = foldLines(lines);
    expect(problem).toBe("line 2: sample before hello");
    expect(report).toEqual(foldLines(STORY));
  });

  test("a long line is quoted in part", () => {
    expect(foldLines(["x".repeat(1000)]).problem?.length).toBeLessThan(120);
  });
});

/** The run without a fault, up to a line. */
function upTo(count: number): readonly string[] {
  return STORY.slice(0, count);
}
