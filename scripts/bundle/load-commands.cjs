"use strict";
// Loads cudaprobe.js with what V8 had compiled of it when it was packed. Where that is of another V8 or of other flags, V8 turns it
// down, and compiles the file as it compiles any; of the file itself V8 compares nothing but the length, and of the compiled
// bytes nothing, so that the sums of both stand at the end.
const { readFileSync } = require("node:fs");
const { wrap } = require("node:module");
const { Script } = require("node:vm");
const { crc32 } = require("node:zlib");

// All of it is ASCII.
const filename = `${__dirname}/cudaprobe.js`;
const source = readFileSync(filename);

function readCompiled() {
  try {
    const file = readFileSync(`${filename}.compiled`);
    const compiled = file.subarray(0, -4);
    return file.readUInt32LE(compiled.length) === crc32(compiled, crc32(source))
      ? compiled
      : undefined;
  } catch {
    return undefined;
  }
}

const cachedData = readCompiled();
const script = new Script(wrap(source.toString("latin1")), { filename, cachedData });
/** @type {(...wrapped: readonly unknown[]) => void} */
const load = script.runInThisContext();
load(module.exports, require, module, filename, __dirname);
