import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);
const script = resolve(import.meta.dirname, "../../scripts/load.js");

test(
  "fifty scrapers at once get whole answers, and of a thousand runs none is lost",
  async () => {
    const { stdout } = await run(process.execPath, [script, "--seconds=10", "--runs=1000"]);
    expect(JSON.parse(stdout)).toMatchObject({ scrapes: { flawed: 0 }, problems: [] });
  },
  // As many processes as there are runs, on however busy a machine.
  900_000,
);
