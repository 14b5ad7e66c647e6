import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { parseConfig } from "../../src/config/parse-config.ts";
import { KINDS } from "../../src/probes/index.ts";
import { validateSchedule } from "../../src/scheduler/schedule.ts";

const docs = resolve(import.meta.dirname, "../../docs");

test("the configurations in the documentation are without a mistake", async () => {
  const pages = (await readdir(docs)).filter((name) => name.endsWith(".md"));
  const texts = await Promise.all(pages.map(async (name) => readFile(join(docs, name), "utf8")));
  const configs = texts.flatMap((text) => [...text.matchAll(/```yaml\n(probes:[\s\S]*?)```/g)]);
  expect(configs).not.toEqual([]);
  const problems = configs.flatMap(([, text = ""]) => {
    const parsed = parseConfig({ file: "docs", text, kinds: KINDS, validateSchedule });
    return parsed.ok ? [] : parsed.error;
  });
  expect(problems).toEqual([]);
});
