// @ts-check
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { execa } from "execa";
import { BUILD, make, withEmulatedGpu } from "../emulated.js";
import { medianOf } from "../rounds.js";
import { atMost } from "../row.js";
import { parseProfile } from "./callgrind.js";

/** Those that initialize the driver; linked from the objects of the ordinary build, but with names, so that main is found. */
const PROGRAMS = [
  { file: "named/cold_start", args: [] },
  { file: "named/function_ipc", args: ["--mechanism=shm"] },
  { file: "named/cuda_ipc", args: ["--mechanism=legacy"] },
];
/** What comes after it would take callgrind minutes. */
const ENDS_THERE = "fault = call=cuInit code=100";
const MOST_INSTRUCTIONS = 2e6;

/**
 * Instructions from main to the driver's first call, cuInit, under callgrind: those of the probe, of the loader, of the C library
 * and of the emulator's own constructors. It is the same number again but for some hundreds: stamps and pids have more or fewer
 * digits.
 * @param {number} rounds
 */
export async function countInstructions(rounds) {
  await make(PROGRAMS.map(({ file }) => file));
  return withEmulatedGpu([ENDS_THERE], async (gpu) => {
    const rows = [];
    for (const program of PROGRAMS) {
      const profiles = [];
      for (let round = 0; round < rounds; round += 1) profiles.push(await profile(program, gpu));
      rows.push(toRow(program.file, profiles));
    }
    return rows;
  });
}

/** @param {typeof PROGRAMS[number]} program @param {import("../emulated.js").EmulatedGpu} gpu */
async function profile({ file, args }, { directory, uuid, env }) {
  const out = join(directory, basename(file));
  const options = ["--toggle-collect=main", "--dump-before=cuInit", "--compress-strings=no"];
  const probe = [join(BUILD, file), `--device=${uuid}`, ...args];
  const child = execa(
    "valgrind",
    ["--tool=callgrind", `--callgrind-out-file=${out}.%p`, ...options, ...probe],
    { env: { PATH: process.env["PATH"], ...env }, extendEnv: false, reject: false },
  );
  await child;
  // The first dump, and the process that was started: it may split in two.
  return parseProfile(await readFile(`${out}.${child.pid}.1`, "utf8"));
}

/** @param {string} file @param {readonly import("./callgrind.js").Profile[]} profiles */
function toRow(file, profiles) {
  const name = basename(file);
  const runs = profiles.map(({ instructions }) => instructions);
  const measured = {
    what: `main to cuInit, ${name}`,
    ours: medianOf(runs, (instructions) => instructions),
    unit: "instructions",
    detail: { runs, ownInstructions: profiles[0]?.byObject.get(join(BUILD, file)) },
  };
  return atMost(measured, MOST_INSTRUCTIONS);
}
