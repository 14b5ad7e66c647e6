import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { REASONS } from "../../src/protocol/reasons.ts";
import { PYTHON } from "./run-framework.ts";

const root = resolve(import.meta.dirname, "../../native/frameworks");
const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".py"),
);

describe.each(files)("native/frameworks/%s", (file) => {
  const path = resolve(root, file);

  test("is Python 3.8 that compiles", async () => {
    const check =
      "import ast, sys; text = open(sys.argv[1]).read(); ast.parse(text, feature_version=(3, 8)); compile(text, sys.argv[1], 'exec')";
    await expect(execa(PYTHON, ["-c", check, path])).resolves.toMatchObject({ exitCode: 0 });
  });

  test("is one idea: at most 200 lines of at most 100 characters", () => {
    const lines = readFileSync(path, "utf8").split("\n");
    expect(lines.length).toBeLessThanOrEqual(200);
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
  });
});

test("Python that is newer than 3.8 would be found", async () => {
  const check = "import ast; ast.parse('match x:\\n case 1: pass', feature_version=(3, 8))";
  await expect(execa(PYTHON, ["-c", check])).rejects.toThrow("SyntaxError");
});

test("every reason that a script gives is one of the protocol's", async () => {
  const check = "import frame.reasons as r; print('\\n'.join(reason for _, reason in r._SIGNS))";
  const { stdout } = await execa(PYTHON, ["-Bc", check], { cwd: root });
  const reasons = stdout.split("\n");
  expect(reasons).toContain("oom");
  expect(reasons.filter((reason) => !new Set<string>(REASONS).has(reason))).toEqual([]);
});
