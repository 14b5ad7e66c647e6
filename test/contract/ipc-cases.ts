import { readdirSync, readFileSync } from "node:fs";
import { expect } from "vitest";
import { cudaIpc } from "../../src/probes/cuda-ipc.ts";
import { functionIpc } from "../../src/probes/function-ipc.ts";
import type { Kind } from "../../src/probes/kind.ts";
import { listDevices } from "../support/emulated-gpus.ts";
import type { EmulatorDirectory } from "../support/emulator.ts";
import { pidsOf, processesOf } from "../support/processes.ts";
import { until } from "../support/until.ts";

/** A way to pass data on. */
export interface IpcCase {
  readonly kind: Kind;
  readonly mechanism: string;
  /** The copy that only the consumer makes, and the step that it belongs to. */
  readonly call: string;
  readonly phase: string;
}

const HOST = { kind: functionIpc, call: "cuMemcpyHtoDAsync_v2", phase: "transfer" };
const DEVICE = { kind: cudaIpc, call: "cuMemcpyDtoDAsync_v2", phase: "copy" };

export const IPC_CASES: readonly IpcCase[] = [
  { ...HOST, mechanism: "shm" },
  { ...HOST, mechanism: "unix" },
  { ...HOST, mechanism: "tcp" },
  { ...DEVICE, mechanism: "legacy" },
  { ...DEVICE, mechanism: "vmm_fd" },
];

/** Options for one size, which function IPC passes on in three pieces. */
export function quick(mechanism: string): Readonly<Record<string, unknown>> {
  return { mechanism, sizes: ["1MiB"] };
}

/** Both processes of a run. */
export interface Pair {
  readonly producer: number;
  readonly consumer: number;
}

/** Waits until there are two processes of a program, of which one started the other. */
export async function untilPaired(emulator: EmulatorDirectory, program: string): Promise<Pair> {
  return until(`two processes of ${program}`, () => {
    const pids = pidsOf(emulator.path, program);
    const consumer = pids.find((pid) => pids.includes(Number(statusOf(pid).parent)));
    const producer = pids.find((pid) => pid === Number(statusOf(consumer).parent));
    return consumer === undefined || producer === undefined ? undefined : { producer, consumer };
  });
}

/** Stops a process, and waits until it has stopped. */
export async function stop(pid: number): Promise<void> {
  process.kill(pid, "SIGSTOP");
  await until(`process ${pid} to stop`, () => statusOf(pid).state === "T");
}

/** What runs left in shared memory, by the names that ours and the driver's have. */
export function sharedFiles(): readonly string[] {
  return readdirSync("/dev/shm").filter((name) => name.includes("cuda"));
}

/** No process is left, no memory of a GPU, and no file in shared memory that was not there before. */
export async function expectNothingLeft(
  emulator: EmulatorDirectory,
  before: readonly string[],
): Promise<void> {
  expect(processesOf(emulator.path)).toEqual([]);
  expect(sharedFiles().filter((name) => !before.includes(name))).toEqual([]);
  await emulator.configure([]);
  const { devices } = await listDevices(emulator);
  expect(devices.map(({ processes }) => processes)).toEqual([0]);
  // What the dead had is free some time after that first look.
  await until("all memory to be free", async () => {
    const [device] = (await listDevices(emulator)).devices;
    return device?.memoryUsedBytes === 0;
  });
}

interface Status {
  readonly state?: string | undefined;
  readonly parent?: string | undefined;
}

/** Nothing of a process that has ended. */
function statusOf(pid: number | undefined): Status {
  try {
    const text = readFileSync(`/proc/${pid}/status`, "utf8");
    const [, state] = /^State:\t(\w)/m.exec(text) ?? [];
    const [, parent] = /^PPid:\t(\d+)/m.exec(text) ?? [];
    return { state, parent };
  } catch {
    return {};
  }
}
