import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chooseBackend } from "../../src/devices/backend.ts";
import { hasNvidiaGpu, isWsl } from "../../src/devices/find-gpu.ts";

let root = "";

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "cudaprobe-root-"));
});

afterEach(async () => {
  await rm(root, { recursive: true });
});

async function plant(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const file = join(root, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

function pci(vendor: string, deviceClass: string): Readonly<Record<string, string>> {
  const slot = "sys/bus/pci/devices/0000:01:00.0";
  return { [`${slot}/vendor`]: `${vendor}\n`, [`${slot}/class`]: `${deviceClass}\n` };
}

describe("isWsl", () => {
  it("is told by WSL's own node, and not by the driver's", async () => {
    await plant({ "dev/nvidia0": "" });
    expect(await isWsl(root)).toBe(false);
    await plant({ "dev/dxg": "" });
    expect(await isWsl(root)).toBe(true);
  });
});

describe("hasNvidiaGpu", () => {
  it.each([
    ["a VGA controller of NVIDIA", pci("0x10de", "0x030000")],
    ["a 3D controller of NVIDIA", pci("0x10de", "0x030200")],
    ["a node of the driver", { "dev/nvidiactl": "" }],
    ["WSL's node", { "dev/dxg": "" }],
    ["Tegra's node", { "dev/nvhost-gpu": "" }],
  ])("sees %s", async (_, files) => {
    await plant(files);
    expect(await hasNvidiaGpu(root)).toBe(true);
  });

  it.each([
    ["nothing", {}],
    ["another maker's card", pci("0x1002", "0x030000")],
    ["NVIDIA's audio function", pci("0x10de", "0x040300")],
    ["an NVMe disk", { "dev/nvme0": "" }],
  ])("sees no GPU in %s", async (_, files) => {
    await plant(files);
    expect(await hasNvidiaGpu(root)).toBe(false);
  });
});

describe("chooseBackend", () => {
  it("takes the emulator for auto only where there is no GPU", async () => {
    expect(await chooseBackend("auto", root)).toBe("emulator");
    await plant({ "dev/nvidia0": "" });
    expect(await chooseBackend("auto", root)).toBe("nvidia");
  });

  it("takes what it is told whatever there is", async () => {
    expect(await chooseBackend("nvidia", root)).toBe("nvidia");
    await plant({ "dev/nvidia0": "" });
    expect(await chooseBackend("emulator", root)).toBe("emulator");
  });
});
