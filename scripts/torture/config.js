// @ts-check
// What the tortured daemon is to do: every kind, in seconds rather than minutes, on 8 GPUs.
import { resolve } from "node:path";

const fixtures = resolve(import.meta.dirname, "../../test/fixtures/probes");

const GPUS = 8;

/** Of every probe. */
export const TIMEOUT_SECONDS = 2;

/** How much is kept is reached soon, so that memory is level soon. */
const HISTORY = 4;

/** What a person's own program may do wrong, as the config runs them. */
const MISBEHAVING = [
  "print-10-mib-in-a-line.sh",
  "print-10-mib-of-text.sh",
  "print-garbage.sh",
  "print-half-a-line.sh",
  "leave-a-child.sh",
  "leave-a-child-in-a-session.sh",
  "kill-the-launcher-after-a-child-in-a-session.sh",
  "stop-itself.sh",
];

const PROBES = [
  ["start", "cold_start", 10],
  [
    "start_cold",
    "cold_start",
    15,
    "jit_cache: cold, module_loading: eager, visible_devices: all, gpus: [0, 1, 2]",
  ],
  ["start_pages", "cold_start", 20, "page_cache: cold, gpus: [3, 4]"],
  ["at_once", "cold_start", 15, "concurrency: 3, gpus: [5]"],
  ["at_once_spread", "cold_start", 20, "concurrency: 4, spread: all_gpus, gpus: [2]"],
  ["memory", "process_memory", 5],
  ["footprint", "footprint", 15],
  ["footprint_mps", "footprint", 12, "mps: true, gpus: [1, 6]"],
  ["density", "density", 15, "max_instances: 3, gpus: [3, 7]"],
  ["density_mps", "density", 20, "max_instances: 2, mps: true, gpus: [4]"],
  ["by_shm", "function_ipc", 15, "sizes: [4KiB, 1MiB]"],
  ["by_unix", "function_ipc", 20, "mechanism: unix, memory: pageable, sizes: [4KiB], gpus: [6]"],
  ["by_tcp", "function_ipc", 20, "mechanism: tcp, sizes: [64KiB], between_gpus: true, gpus: [0]"],
  ["by_handle", "cuda_ipc", 15, "sizes: [4KiB, 1MiB]"],
  [
    "by_descriptor",
    "cuda_ipc",
    15,
    "mechanism: vmm_fd, sizes: [1MiB], between_gpus: true, gpus: [7]",
  ],
  ["torch", "cold_start", 20, "runtime: torch, gpus: [0]"],
];

/** Nothing is due any more. */
export const NEVER = "0 0 29 2 *";

/** The text of its config. @param {string} [schedule] Of all probes, in place of their own. */
export function configText(schedule) {
  const probes = [...PROBES.map(describe), ...MISBEHAVING.map(describeMisbehaving)];
  return [
    "probes:",
    ...probes.map(
      (probe) => `  - { ${reschedule(probe, schedule)}, jitter: 2s, timeout: ${TIMEOUT_SECONDS}s }`,
    ),
    // The storm is to go on: what runs may take of a GPU is no matter here.
    `limits: { history: ${HISTORY}, lane_wait: 2s, duty_cycle: 100% }`,
    `driver: { refresh: 1s, timeout: ${TIMEOUT_SECONDS}s }`,
    "",
  ].join("\n");
}

/** @param {string} probe @param {string | undefined} schedule */
function reschedule(probe, schedule) {
  return schedule === undefined
    ? probe
    : probe.replace(/schedule: "[^"]*"/, `schedule: "${schedule}"`);
}

/** @param {(string | number)[]} probe */
function describe([name, kind, seconds, more]) {
  const schedule = `schedule: "*/${seconds} * * * * *"`;
  return [`name: ${name}`, `kind: ${kind}`, schedule, ...(more === undefined ? [] : [more])].join(
    ", ",
  );
}

/** @param {string} file @param {number} index */
function describeMisbehaving(file, index) {
  const name = file.replace(/\.\w+$/, "").replaceAll("-", "_");
  const argv = `argv: ["${fixtures}/${file}"], phases: [work]`;
  return `name: ${name}, kind: cold_start, runtime: command, ${argv}, gpus: [${index % GPUS}], schedule: "*/20 * * * * *"`;
}

/** The emulator's own file, with what is wrong at the time. @param {readonly string[]} faults */
export function emulatorText(faults) {
  const always = ["profile = h100", `gpus = ${GPUS}`, "time_scale = 0.01", "nvlink = true"];
  return `${[...always, ...faults].join("\n")}\n`;
}
