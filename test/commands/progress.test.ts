import { describe, expect, it } from "vitest";
import { showProgress } from "../../src/commands/progress.ts";
import { createClock } from "../support/still-clock.ts";

/** Steps that take so many seconds each, without a terminal; the lines that were written. */
function linesOf(total: number, stepSeconds: number): readonly string[] {
  const lines: string[] = [];
  const clock = createClock();
  const error = (text: string): void => {
    lines.push(text);
  };
  const progress = showProgress(total, { isTerminal: false, clock, error });
  for (let done = 0; done < total; done += 1) {
    clock.advance(stepSeconds);
    progress.step();
  }
  progress.stop();
  return lines;
}

describe("the progress of a series without a terminal", () => {
  it("is a line every ten seconds with the time that is left at the pace so far", () => {
    expect(linesOf(10, 5)).toEqual([
      "2 of 10 runs, 40 s left\n",
      "4 of 10 runs, 30 s left\n",
      "6 of 10 runs, 20 s left\n",
      "8 of 10 runs, 10 s left\n",
    ]);
  });

  it("is nothing of a series that is done before, and nothing when all is done", () => {
    expect(linesOf(9, 1)).toEqual([]);
    expect(linesOf(1, 60)).toEqual([]);
  });
});
