// @ts-check
"use strict";
// Starts the bundled daemon with the emulator, and keeps what V8 has compiled of it until it was ready; not all of it, since what
// is seldom used is loaded for nothing.
//
//   node compile-ahead.cjs DIST STORAGE
const { readFileSync, rmSync, writeFileSync } = require("node:fs");
const path = require("node:path");
const v8 = require("node:v8");
const vm = require("node:vm");
const { crc32 } = require("node:zlib");

const [dist = "", storage = ""] = process.argv.slice(2);
const compiled = path.join(dist, "cudaprobe.js.compiled");
rmSync(compiled, { force: true });

/** @type {vm.Script | undefined} */
let script;
const { Script } = vm;
vm.Script = class extends Script {
  /** @param {ConstructorParameters<typeof Script>} options */
  constructor(...options) {
    super(...options);
    script = this;
    // V8 takes what it has compiled only under the flags of the time when it is loaded, which the daemon adds to when it is ready.
    v8.setFlagsFromString = () => undefined;
  }
};

/** @type {typeof process.stderr.write} */
const write = process.stderr.write.bind(process.stderr);
process.stderr.write = (/** @type {string} */ text) => {
  // Its first line after the listing; by the next turn all that makes it ready has run.
  if (text.includes("the driver answers")) setImmediate(keep);
  return write(text);
};

function keep() {
  if (script === undefined) throw new Error("commands.js has made no script");
  const bytes = script.createCachedData();
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(crc32(bytes, crc32(readFileSync(path.join(dist, "cudaprobe.js")))));
  writeFileSync(compiled, Buffer.concat([bytes, sum]));
  process.kill(process.pid, "SIGTERM");
}

process.argv = [
  process.execPath,
  path.join(dist, "main.js"),
  "serve",
  "--driver=emulator",
  // A host may have one of its own.
  `--config.file=${path.join(dist, "../config/cudaprobe.yml")}`,
  `--storage.path=${storage}`,
  "--web.listen-address=127.0.0.1:0",
];
require(path.join(dist, "main.js"));
