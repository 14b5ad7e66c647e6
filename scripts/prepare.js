// @ts-check
// npm runs this after `npm ci` and `npm install`. What it builds needs the development
// dependencies; without them (--omit=dev) there is nothing to do here.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");

if (existsSync(resolve(root, "node_modules/typescript"))) {
  const built = spawnSync("npm", ["run", "build"], { cwd: root, stdio: "inherit" });
  if (built.status !== 0)
    console.error("cudaprobe: the build failed; its native part needs g++ and make.");
  process.exitCode = built.status ?? 1;
} else {
  console.log("cudaprobe: not built, the development dependencies are not installed.");
}
