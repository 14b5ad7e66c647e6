// @ts-check
// The changelog has a section for the version that package.json names.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const { version } = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8"));
const lines = readFileSync(resolve(root, "CHANGELOG.md"), "utf8").split("\n");

for (const heading of ["## [Unreleased]", `## [${version}]`]) {
  if (!lines.some((line) => line === heading || line.startsWith(`${heading} - `))) {
    console.error(`CHANGELOG.md has no section "${heading}"`);
    process.exitCode = 1;
  }
}
