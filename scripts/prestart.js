// @ts-check
// npm runs this before `npm start`: builds what is missing, or says how to.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const missing = ["dist/main.js", "native/build/launcher"].filter(
  (file) => !existsSync(resolve(root, file)),
);

if (missing.length > 0) {
  console.log(`cudaprobe: building, because there is no ${missing.join(" and no ")}`);
  process.exitCode = existsSync(resolve(root, "node_modules/typescript")) ? build() : explain();
}

function build() {
  return spawnSync("npm", ["run", "build"], { cwd: root, stdio: "inherit" }).status ?? 1;
}

function explain() {
  console.error("cudaprobe: run `npm ci` first (it needs g++ and make), then `npm start` again.");
  return 1;
}
