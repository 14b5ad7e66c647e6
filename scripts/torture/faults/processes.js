// @ts-check
// Somebody ends or stops what the daemon has started.
import { basename } from "node:path";
import { ownProcesses } from "../processes.js";

/** @type {readonly import("./fault.js").Fault[]} */
export const processFaults = [
  signalOne("kill a probe", "SIGKILL", (program) => !isHolder(program)),
  signalOne("kill a launcher", "SIGKILL", (program) => program === "launcher"),
  signalOne("kill of MPS", "SIGKILL", (program) => program.startsWith("nvidia-cuda-mps")),
  signalOne("stop a probe", "SIGSTOP", (program) => !isHolder(program)),
  signalOne("stop a launcher", "SIGSTOP", (program) => program === "launcher"),
  signalOne("stop of MPS", "SIGSTOP", (program) => program.startsWith("nvidia-cuda-mps")),
];

/** Between fork and exec a child is the daemon itself, and the daemon waits for it: stopping the one is stopping the other. */
const FORKED = basename(process.execPath);

/** @param {string} program */
function isHolder(program) {
  return program === "launcher" || program.startsWith("nvidia-cuda-mps");
}

/**
 * One that is there now, or comes within a second: most are there for some milliseconds.
 * @param {string} name @param {NodeJS.Signals} signal @param {(program: string) => boolean} isWanted
 * @returns {import("./fault.js").Fault}
 */
function signalOne(name, signal, isWanted) {
  return {
    name,
    begin: async ({ daemon, pick }) => {
      for (const deadline = performance.now() + 1000; performance.now() < deadline;) {
        const found = ownProcesses(daemon.pid).filter(
          ({ program, state }) => state !== "Z" && program !== FORKED && isWanted(program),
        );
        if (found.length > 0) return send(pick(found).pid, signal);
        await new Promise((resume) => {
          setTimeout(resume, 20);
        });
      }
    },
  };
}

/** @param {number} pid @param {NodeJS.Signals} signal */
function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself meanwhile.
  }
}
