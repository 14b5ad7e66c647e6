// @ts-check
// clang-tidy over the native sources. A unit that held is not checked again until it, a header it
// includes, the checks or clang-tidy itself changes: its hash lies in native/build/tidy.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { execa } from "execa";

const native = resolve(import.meta.dirname, "../native");
const defines = ["-I.", "-D_GNU_SOURCE", '-DCUDAPROBE_BUILD=""'];
// A tenth of the states that the analyzer would look at: a third of the time, 0.9 s a unit.
const analyzer = ["-Xclang", "-analyzer-config", "-Xclang", "max-nodes=20000"];

const sources = readdirSync(native, { recursive: true, encoding: "utf8" })
  .filter((file) => !file.startsWith("build/"))
  .toSorted();
const checks = sources
  .filter((file) => basename(file) === ".clang-tidy")
  .map(readSource)
  .join();
const { stdout: version } = await execa("clang-tidy", ["--version"]);
const units = sources.filter((file) => /\.(c|cpp)$/.test(file));
const waiting = [...units];
let checked = 0;
await Promise.all(Array.from({ length: availableParallelism() }, work));
console.log(`${checked} of ${units.length} units checked, the others are unchanged`);

async function work() {
  for (let unit = waiting.shift(); unit !== undefined; unit = waiting.shift()) await tidy(unit);
}

/** @param {string} unit */
async function tidy(unit) {
  const record = join(native, "build/tidy", `${unit}.sha256`);
  const hash = hashUnit(unit);
  if (hash === readRecord(record)) return;
  checked += 1;
  const args = ["--quiet", "--header-filter=.*", unit, "--", ...flags(unit)];
  const end = await execa("clang-tidy", args, { cwd: native, reject: false });
  if (end.failed) return refuse(end.stdout);
  mkdirSync(dirname(record), { recursive: true });
  writeFileSync(record, hash);
}

/** @param {string} unit */
function flags(unit) {
  return [unit.endsWith(".c") ? "-std=gnu11" : "-std=c++17", ...defines, ...analyzer];
}

/** @param {string} unit */
function hashUnit(unit) {
  const hash = createHash("sha256").update(version).update(checks).update(flags(unit).join(" "));
  for (const file of withIncludes(unit, new Set())) hash.update(file).update(readSource(file));
  return hash.digest("hex");
}

/**
 * The unit and what it includes of ours, each once. Asking g++ takes half a second a unit.
 * @param {string} file @param {Set<string>} found
 */
function withIncludes(file, found) {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, name = ""] of readSource(file).matchAll(/^#include "(.+)"/gm)) {
    const beside = join(dirname(file), name);
    withIncludes(sources.includes(beside) ? beside : name, found);
  }
  return found;
}

/** @param {string} file */
function readSource(file) {
  return readFileSync(resolve(native, file), "utf8");
}

/** @param {string} record */
function readRecord(record) {
  try {
    return readFileSync(record, "utf8");
  } catch {
    return undefined;
  }
}

/** @param {string} text */
function refuse(text) {
  console.error(text);
  process.exitCode = 1;
}
