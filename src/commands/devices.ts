import { formatSize } from "../base/units.ts";
import type { Device, Listing } from "../devices/device.ts";
import { formatColumns } from "./format-table.ts";
import type { CommonFlags } from "./flags.ts";
import { EXIT, type CommandIo } from "./io.ts";
import { withSession } from "./session.ts";

/** `cudaprobe devices`: the GPUs that probes can run on. Exit code 1 without a driver that works. */
export async function devicesCommand(flags: CommonFlags, io: CommandIo): Promise<number> {
  return withSession(flags, io, async ({ listing }) => {
    io.out(describeDriver(listing));
    if (listing.devices.length > 0) io.out(formatDevices(listing.devices));
    io.out(describeLost(listing));
    return Promise.resolve(listing.fault === undefined ? EXIT.ok : EXIT.fault);
  });
}

/** One line on the driver, and one more when it does not work. */
export function describeDriver({ driver, fault }: Listing): string {
  const emulated = driver?.backend === "emulator" ? "EMULATED driver" : "driver";
  const what =
    driver === undefined
      ? []
      : [`${emulated} ${driver.driverVersion}, CUDA ${driver.cudaVersion}, ${driver.libcuda}`];
  const code = fault === undefined || fault.code === "" ? "" : ` (${fault.code})`;
  const wrong =
    fault === undefined
      ? []
      : [`the driver does not work: ${fault.reason}${code}: ${fault.message}`];
  return [...what, ...wrong].map((line) => `${line}\n`).join("");
}

/** A line for each GPU that does not answer. */
export function describeLost({ lost }: Listing): string {
  return lost
    .map(({ gpu, reason, code }) => `GPU ${String(gpu)} does not answer: ${reason} (${code})\n`)
    .join("");
}

function formatDevices(devices: readonly Device[]): string {
  const words = ["gpu", "name", "uuid", "compute mode", "persistence", "MIG"];
  const rows = devices.map((device) => [
    String(device.gpu),
    device.name,
    device.gpuUuid,
    device.computeMode,
    device.persistenceMode,
    device.migMode,
    size(device.memoryTotalBytes),
    size(device.memoryFreeBytes),
    device.processes === undefined ? "?" : String(device.processes),
  ]);
  return formatColumns([[...words, "memory", "free", "processes"], ...rows], words.length);
}

function size(bytes: number | undefined): string {
  return bytes === undefined ? "?" : formatSize(bytes);
}
