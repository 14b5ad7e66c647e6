// @ts-check
// Asks the registry for known vulnerabilities: one of a package that is shipped fails, one of the tools is told. A
// registry that does not answer such questions, or cannot be reached, is told too, and is no failure.
import { resolve } from "node:path";
import { execa } from "execa";

const LIMIT_MS = 60_000;

const shipped = await audit(["--omit=dev"]);
const all = await audit([]);
if (typeof shipped === "string" || typeof all === "string") {
  console.log(`note: not known, the registry does not answer: ${String(shipped)}`);
} else {
  console.log(`note: ${shipped} known in what is shipped, ${all - shipped} in tools`);
  process.exitCode = shipped === 0 ? 0 : 1;
}

/**
 * How many there are, or why that is not known.
 * @param {readonly string[]} flags
 */
async function audit(flags) {
  const { stdout, stderr } = await execa("npm", ["audit", "--json", ...flags], {
    cwd: resolve(import.meta.dirname, ".."),
    reject: false,
    timeout: LIMIT_MS,
  });
  try {
    /** @type {{ metadata?: { vulnerabilities: { total: number } }, message?: string }} */
    const { metadata, message } = JSON.parse(stdout);
    return metadata?.vulnerabilities.total ?? String(message);
  } catch {
    return stderr.split("\n")[0] ?? "it says nothing";
  }
}
