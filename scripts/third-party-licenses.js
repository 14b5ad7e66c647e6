// @ts-check
// Prints the licences of what a bundle holds: third-party-licenses.js NODE_MODULES [NAME=FILE]...
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const [modules = "node_modules", ...others] = process.argv.slice(2);

for (const directory of listPackages(modules)) {
  const { name, version, license } = readManifest(directory);
  const texts = readTexts(directory);
  if (license === undefined && texts.length === 0) throw new Error(`${name} has no licence`);
  printSection(`${name} ${version} (${license ?? "see below"})`, texts);
}
for (const other of others) {
  const [name = "", file = ""] = other.split("=");
  printSection(name, [readFileSync(file, "utf8")]);
}

/** @param {string} root */
function listPackages(root) {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => /(^|node_modules\/)(@[^/]+\/)?[^/]+\/package\.json$/.test(file))
    .toSorted()
    .map((file) => join(root, dirname(file)));
}

/** @param {string} directory @returns {{ name: string, version: string, license?: string }} */
function readManifest(directory) {
  return JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
}

/** @param {string} directory */
function readTexts(directory) {
  return readdirSync(directory)
    .filter((file) => /^(licen[cs]e|notice|copying)/i.test(file))
    .map((file) => readFileSync(join(directory, file), "utf8"));
}

/** @param {string} title @param {readonly string[]} texts */
function printSection(title, texts) {
  console.log(`${"=".repeat(78)}\n${title}\n${"=".repeat(78)}\n`);
  for (const text of texts) console.log(`${text.trim()}\n`);
}
