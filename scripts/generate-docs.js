// @ts-check
// `npm run generate`: the pages of docs/ that follow from the source. With --check nothing is written,
// and a page that is not as the source has it is an error. Needs `npm run build`.
import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { format, resolveConfig } from "prettier";
import { renderConfigurationPage } from "../dist/config/reference.js";
import { metricsDocument } from "../dist/metrics/document.js";
import { KINDS } from "../dist/probes/index.js";

const root = resolve(import.meta.dirname, "..");
const isCheck = process.argv.includes("--check");

const pages = [
  { file: "docs/configuration.md", text: renderConfigurationPage(KINDS) },
  { file: "docs/metrics.md", text: metricsDocument(KINDS) },
];

const stale = [];
for (const { file, text } of pages) {
  const path = resolve(root, file);
  const options = await resolveConfig(path);
  const wanted = await format(text, { ...options, filepath: path });
  const found = await readFile(path, "utf8").catch(() => "");
  if (found === wanted) continue;
  if (isCheck) stale.push(file);
  else await writeFile(path, wanted);
}
for (const file of stale) console.error(`${file} is not as the source has it: npm run generate`);
process.exitCode = stale.length === 0 ? 0 : 1;
