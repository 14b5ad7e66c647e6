import { resolve } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { fixture } from "../support/runs.ts";

const BUILT = resolve(import.meta.dirname, "../../dist");

// Only root may mount something over /proc, which it does for itself alone.
test.runIf(process.getuid?.() === 0)(
  "what is known by its mark alone is there until /proc can be read and says otherwise",
  async () => {
    const script = [process.execPath, fixture("runner/hide-proc.mjs"), BUILT];
    const { stdout } = await execa("unshare", ["--mount", "--propagation", "private", ...script]);
    expect(JSON.parse(stdout)).toEqual({
      // Who is started meanwhile can be found later.
      marks: [
        expect.stringMatching(/^[1-9]\d*-\d+-\d+$/),
        expect.stringMatching(/^[1-9]\d*-\d+-\d+$/),
      ],
      hidden: [false, false, false],
      shown: [false, false, false],
      ended: [true, true, true],
    });
  },
);
