import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** NVIDIA's vendor id, and the class of display controllers (VGA, 3D), as sysfs prints them. */
const VENDOR = "0x10de";
const DISPLAY_CLASS = "0x03";

/** Device nodes that only a host with an NVIDIA GPU has: data-centre and desktop, WSL, Tegra. */
const NODES = /^(nvidia|dxg$|nvhost)/;

/**
 * Whether the host has an NVIDIA GPU at all, whatever state its driver is in. `root` is "/" but in tests. Reads names in sysfs and /dev
 * only, so it wakes nothing.
 */
export async function hasNvidiaGpu(root: string): Promise<boolean> {
  const nodes = await list(join(root, "dev"));
  if (nodes.some((name) => NODES.test(name))) return true;
  const pci = join(root, "sys/bus/pci/devices");
  const found = await Promise.all((await list(pci)).map(async (slot) => isGpu(join(pci, slot))));
  return found.includes(true);
}

/** Whether the host's GPU is one that Windows lends to Linux. `root` is "/" but in tests. */
export async function isWsl(root: string): Promise<boolean> {
  return (await list(join(root, "dev"))).includes("dxg");
}

async function isGpu(slot: string): Promise<boolean> {
  const [vendor, deviceClass] = await Promise.all([
    read(join(slot, "vendor")),
    read(join(slot, "class")),
  ]);
  return vendor === VENDOR && deviceClass.startsWith(DISPLAY_CLASS);
}

async function list(directory: string): Promise<readonly string[]> {
  return readdir(directory).catch(() => []);
}

async function read(file: string): Promise<string> {
  return readFile(file, "utf8").then(
    (text) => text.trim(),
    () => "",
  );
}
