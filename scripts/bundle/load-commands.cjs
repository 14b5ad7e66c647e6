"use strict";
// Loads cudaprobe.js with what V8 had compiled of it when it was packed. Where that is of another V8, of other flags
// or of another file, V8 turns it down, and compiles the file as it compiles any.
const { readFileSync } = require("node:fs");
const { wrap } = require("node:module");
const { Script } = require("node:vm");

const filename = `${__dirname}/cudaprobe.js`;

function readCompiled() {
  try {
    return readFileSync(`${filename}.compiled`);
  } catch {
    return undefined;
  }
}

const cachedData = readCompiled();
const script = new Script(wrap(readFileSync(filename, "utf8")), { filename, cachedData });
/** @type {(...wrapped: readonly unknown[]) => void} */
const load = script.runInThisContext();
load(module.exports, require, module, filename, __dirname);
