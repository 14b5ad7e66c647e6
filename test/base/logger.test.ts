import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { createLogger, type LoggerOptions } from "../../src/base/logger.ts";

const root = resolve(import.meta.dirname, "../..");

function collect(options: Omit<LoggerOptions, "destination">) {
  const lines: string[] = [];
  const destination = { write: (line: string) => lines.push(line) };
  return { lines, logger: createLogger({ ...options, destination }) };
}

const stamp = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;
const here = String.raw`logger\.test\.ts:\d+`;

describe("createLogger", () => {
  test("logfmt has the time, the caller, the level and the sentence first, then the fields in their order", () => {
    const { lines, logger } = collect({ level: "info", format: "logfmt" });
    logger.info({ probe: "cold start", runs: 2 }, "run ended");
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      new RegExp(
        `^ts=${stamp} caller=${here} level=info msg="run ended" probe="cold start" runs=2\n$`,
      ),
    );
  });

  test("json has the same fields", () => {
    const { lines, logger } = collect({ level: "info", format: "json" });
    logger.warn({ probe: "a" }, "run timed out");
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? "")).toEqual({
      level: "warn",
      caller: expect.stringMatching(new RegExp(`^${here}$`)),
      ts: expect.stringMatching(new RegExp(`^${stamp}$`)),
      probe: "a",
      msg: "run timed out",
    });
  });

  test("what is under the level is left out, what is not is written", () => {
    const { lines, logger } = collect({ level: "warn", format: "logfmt" });
    logger.debug("no");
    logger.info("no");
    logger.warn("yes");
    logger.error("yes");
    expect(lines).toHaveLength(2);
  });

  test("a child's fields are on its lines and not on its parent's", () => {
    const { lines, logger } = collect({ level: "info", format: "logfmt" });
    logger.child({ module: "scheduler" }).info("hello");
    logger.info("hello");
    expect(lines[0]).toMatch(/msg=hello module=scheduler\n$/);
    expect(lines[1]).toMatch(/msg=hello\n$/);
  });

  test("an error is written with its type and message, on one line", () => {
    const { lines, logger } = collect({ level: "info", format: "logfmt" });
    logger.error({ err: new TypeError("it\nbroke") }, "storage failed");
    expect(lines[0]).toMatch(/msg="storage failed" err\.type=TypeError err\.message="it\\nbroke"/);
    expect(lines[0]?.trimEnd()).not.toContain("\n");
  });

  test.each(["logfmt", "json"] as const)(
    "%s has no character that ends a line or steers a terminal",
    (format) => {
      const { lines, logger } = collect({ level: "info", format });
      const why = 'a\nb\r\u0000\u001b[2J\u007f\u009b31m\u2028\u2029="\\';
      logger.warn({ why }, "odd");
      expect(lines).toHaveLength(1);
      // oxlint-disable-next-line no-control-regex -- what must not be there
      expect(lines[0]?.trimEnd()).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
      const value = /why"?[:=](".*")\}?\n$/.exec(lines[0] ?? "")?.[1] ?? "";
      const said = format === "json" ? /^(".*?"),"msg"/.exec(value)?.[1] : value;
      expect(JSON.parse(said ?? "")).toBe(why);
    },
  );

  test("a figure that is not finite is no number in the output", () => {
    const { lines, logger } = collect({ level: "info", format: "logfmt" });
    logger.info({ seconds: Number.NaN }, "odd");
    expect(lines[0]).toMatch(/msg=odd seconds=null\n$/);
  });

  test(
    "by default a line is on standard error before the call returns",
    { timeout: 60_000 },
    async () => {
      await using built = await buildBase();
      const program = `
      import { createLogger } from "${join(built.directory, "logger.js")}";
      createLogger({ level: "info", format: "logfmt" }).info("last words");
      process.kill(process.pid, "SIGKILL");
    `;
      const run = execa(process.execPath, ["--input-type=module", "-e", program], {
        reject: false,
      });
      const { stderr, stdout, signal } = await run;
      expect(signal).toBe("SIGKILL");
      expect(stdout).toBe("");
      expect(stderr).toMatch(/level=info msg="last words"$/);
    },
  );
});

/** The folder as plain JavaScript, where a program of its own can import it and it can import packages. */
async function buildBase() {
  await mkdir(join(root, "out"), { recursive: true });
  const directory = await mkdtemp(join(root, "out", "logger-"));
  const options =
    "--module nodenext --target es2023 --rewriteRelativeImportExtensions --types node";
  const tsc = join(root, "node_modules/.bin/tsc");
  const file = join(root, "src/base/logger.ts");
  await execa(tsc, [...options.split(" "), "--ignoreConfig", "--outDir", directory, file]);
  return {
    directory,
    [Symbol.asyncDispose]: async () => rm(directory, { recursive: true }),
  };
}
