// @ts-check
// `npm run check`: everything that has to hold before a change is taken, in one command.
// Parts that do not need each other run at once; each prints one line with its time, and what it
// said lies in out/check.
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { execa } from "execa";

const root = resolve(import.meta.dirname, "..");
const logs = resolve(root, "out/check");
const LIMIT_SECONDS = 600;

/**
 * The longest come first. A part starts when those in `after` have succeeded.
 * @type {ReadonlyArray<{ name: string, run: string, after?: readonly string[] }>}
 */
const parts = [
  { name: "native build", run: "make -C native -j2 tests" },
  { name: "build", run: "tsc" },
  { name: "build of deploy", run: "tsc -p deploy" },
  { name: "build of grafana", run: "tsc -p grafana" },
  { name: "clang-tidy", run: "node scripts/tidy.js" },
  { name: "types of tests", run: "tsc -p test" },
  { name: "types of the browser's part", run: "tsc -p src/http/browser" },
  { name: "oxlint", run: "oxlint --type-aware --deny-warnings" },
  { name: "prettier", run: "prettier --check --log-level=warn ." },
  { name: "knip", run: "knip" },
  { name: "clang-format", run: "scripts/clang-format.sh --dry-run -Werror" },
  { name: "shellcheck", run: "scripts/shellcheck.sh" },
  { name: "vulnerabilities", run: "node scripts/audit.js" },
  { name: "changelog", run: "node scripts/check-changelog.js" },
  {
    name: "types of scripts",
    run: "tsc -p scripts",
    after: ["build", "build of deploy", "build of grafana"],
  },
  { name: "generated docs", run: "node scripts/generate-docs.js --check", after: ["build"] },
  {
    name: "generated rules",
    run: "node scripts/generate-rules.js --check",
    after: ["build of deploy"],
  },
  {
    name: "generated dashboards",
    run: "node scripts/generate-dashboards.js --check",
    after: ["build of grafana"],
  },
  { name: "native tests", run: "make -C native test", after: ["native build"] },
];

mkdirSync(logs, { recursive: true });
const started = performance.now();
/** @type {Map<string, Promise<boolean>>} */
const results = new Map();
const queue = createQueue(availableParallelism());
for (const part of parts) results.set(part.name, runPart(part));
const failed = (await Promise.all(results.values())).filter((passed) => !passed).length;
console.log(`${parts.length - failed} of ${parts.length} parts hold, ${seconds(started)}`);
process.exitCode = failed === 0 ? 0 : 1;

/** @param {(typeof parts)[number]} part */
async function runPart({ name, run, after = [] }) {
  const needed = await Promise.all(after.map(async (other) => results.get(other)));
  if (needed.includes(false)) return report(name, false, `not run: needs ${after.join(", ")}`);
  return queue(async () => {
    const start = performance.now();
    // `timeout` ends the whole process group, so that a hang in a grandchild ends too.
    const args = ["--kill-after=10", String(LIMIT_SECONDS), ...run.split(" ")];
    const options = /** @type {const} */ ({
      cwd: root,
      preferLocal: true,
      reject: false,
      all: true,
    });
    const end = await execa("timeout", args, options);
    const said = `${end.all}\n${end.failed ? end.shortMessage : ""}`.trim();
    writeFileSync(join(logs, `${name.replaceAll(" ", "-")}.log`), said);
    if (end.failed) console.log(said);
    const [, note = ""] = /^note: (.*)$/m.exec(said) ?? [];
    return report(name, !end.failed, `${seconds(start)} ${note}`.trim());
  });
}

/** @param {number} width @returns {<T>(task: () => Promise<T>) => Promise<T>} */
function createQueue(width) {
  let free = width;
  /** @type {Array<() => void>} */
  const waiting = [];
  return async (task) => {
    if (free === 0) await new Promise((resume) => waiting.push(() => resume(undefined)));
    else free -= 1;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}

/** @param {string} name @param {boolean} passed @param {string} note */
function report(name, passed, note) {
  console.log(`${passed ? "ok    " : "FAILED"} ${name.padEnd(20)} ${note}`);
  return passed;
}

/** @param {number} start */
function seconds(start) {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}
