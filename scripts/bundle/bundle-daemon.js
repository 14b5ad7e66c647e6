// @ts-check
import { copyFile, cp, mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { build } from "esbuild";

/** Where a module was is where its bundle is: both find package.json, config/ and native/ in the directory above. */
const URL_OF_FILE = `const URL_OF_FILE = require("node:url").pathToFileURL(__filename).href;`;

/** @type {import("esbuild").BuildOptions} */
const OPTIONS = {
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20.19",
  define: { "import.meta.url": "URL_OF_FILE" },
  banner: { js: URL_OF_FILE },
  // They are in THIRD_PARTY_LICENSES, in full.
  legalComments: "none",
  logLevel: "warning",
};

/**
 * Bundles the compiled program in two: `main.js` is the command line and its help; the commands, which are imported when they are used, are
 * `cudaprobe.js`, which `commands.js` loads and each file of `commands/` takes one from.
 * @param {string} from the compiled modules
 * @param {string} to
 */
export async function bundleDaemon(from, to) {
  await mkdir(to, { recursive: true });
  /** @type {Set<string>} */
  const commands = new Set();
  await build({
    ...OPTIONS,
    stdin: { contents: `import "./main.js";`, resolveDir: from },
    outfile: join(to, "main.js"),
    banner: { js: `#!/usr/bin/env node\n${URL_OF_FILE}` },
    supported: { "dynamic-import": false },
    plugins: [leaveOut(commands)],
  });
  const { outputFiles } = await build({
    ...OPTIONS,
    stdin: { contents: exportEach([...commands]), resolveDir: join(from, "commands") },
    write: false,
  });
  await writeFile(join(to, "cudaprobe.js"), toAscii(outputFiles.map(({ text }) => text).join("")));
  await copyFile(join(import.meta.dirname, "load-commands.cjs"), join(to, "commands.js"));
  await mkdir(join(to, "commands"), { recursive: true });
  await Promise.all(
    [...commands].map(async (file) => writeFile(join(to, "commands", file), loadOne(file))),
  );
  await cp(join(from, "http/browser"), join(to, "browser"), { recursive: true });
  await writeFile(join(to, "package.json"), `{ "type": "commonjs" }\n`);
}

/** Leaves the commands to the file that loads them, and remembers which there are. @param {Set<string>} commands @returns {import("esbuild").Plugin} */
function leaveOut(commands) {
  return {
    name: "commands",
    setup: (building) => {
      building.onResolve({ filter: /^\.\// }, ({ kind, path }) => {
        if (kind !== "dynamic-import") return undefined;
        commands.add(basename(path));
        return { path: `./commands/${basename(path)}`, external: true };
      });
    },
  };
}

/** What is left of other characters is in regular expressions and comments, where an escape says the same: a text of bytes is read in a third of the time. @param {string} text */
function toAscii(text) {
  // It would say another thing there.
  if (/\\[^\0-\x7F]/.test(text))
    throw new Error("a character of no ASCII stands behind a backslash");
  return text.replaceAll(
    /[^\0-\x7F]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Each command as a function that loads it, and what no other needs with it. @param {readonly string[]} files */
function exportEach(files) {
  return files.map((file) => `exports["${file}"] = () => require("./${file}");\n`).join("");
}

/** @param {string} file */
function loadOne(file) {
  return `"use strict";\nmodule.exports = require("../commands.js")["${file}"]();\n`;
}
