import { hasNvidiaGpu } from "./find-gpu.ts";

/** What `--driver` may say. */
export const DRIVER_CHOICES = ["nvidia", "emulator", "auto"] as const;

export type DriverChoice = (typeof DRIVER_CHOICES)[number];

/** What the probes talk to. */
export type Backend = "nvidia" | "emulator";

/**
 * `auto` means the emulator only where there is no GPU at all: a GPU whose driver is broken is a GPU whose driver is broken.
 */
export async function chooseBackend(choice: DriverChoice, root: string): Promise<Backend> {
  if (choice !== "auto") return choice;
  return (await hasNvidiaGpu(root)) ? "nvidia" : "emulator";
}
