// @ts-check
// Adds up what the suites reported: total.js FAILED_STEPS REPORT...
// A report is JSON of vitest, or what `make -C native test` printed. Prints "N passed, N failed" and
// fails when anything did.
import { existsSync, readFileSync } from "node:fs";

const [failedSteps = "0", ...reports] = process.argv.slice(2);
const counts = reports.filter((report) => existsSync(report)).map((report) => countReport(report));
const passed = sum(counts.map((count) => count.passed));
// Not everything that can fail is a test: a step that no failed test explains counts too.
const explained = counts.filter((count) => count.failed > 0).length;
const unexplained = Math.max(0, Number(failedSteps) - explained);
const failed = sum(counts.map((count) => count.failed)) + unexplained;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

/** @param {string} report */
function countReport(report) {
  const text = readFileSync(report, "utf8");
  return report.endsWith(".json") ? countVitest(JSON.parse(text)) : countNative(text);
}

/** @param {{ numPassedTests: number, numFailedTests: number }} report */
function countVitest({ numPassedTests, numFailedTests }) {
  return { passed: numPassedTests, failed: numFailedTests };
}

/** @param {string} text */
function countNative(text) {
  return { passed: countMatches(text, /^ok /gm), failed: countMatches(text, /^FAILED /gm) };
}

/** @param {string} text @param {RegExp} pattern */
function countMatches(text, pattern) {
  return [...text.matchAll(pattern)].length;
}

/** @param {readonly number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
