import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { EXIT_CODES } from "../../src/commands/help-texts.ts";
import { EXIT } from "../../src/commands/io.ts";

test("every exit code is in the help and in the documentation, and no other", async () => {
  const codes = Object.values(EXIT).map(String);
  expect(EXIT_CODES.map(([code]) => code)).toEqual(codes);
  const page = resolve(import.meta.dirname, "../../docs/operations.md");
  const [, section = ""] = (await readFile(page, "utf8")).split("\n### Exit codes\n");
  const [table = ""] = section.split("\n#");
  const rows = [...table.matchAll(/^\| ([\d, ]+?) +\|/gm)].map(([, cell = ""]) => cell);
  expect(rows.flatMap((cell) => cell.split(", "))).toEqual(codes);
});
