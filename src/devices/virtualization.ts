import { join } from "node:path";
import { readKernelFile } from "./kernel-file.ts";

type Words = readonly (readonly [RegExp, string])[];

/** Who made the machine, by what DMI says of it, in the words of systemd-detect-virt(1). The first that fits wins. */
const MAKERS: Words = [
  [/\bKVM\b|OpenStack|KubeVirt/, "kvm"],
  [/Amazon EC2/, "amazon"],
  [/Google Compute Engine/, "google"],
  [/VMware|VMW/, "vmware"],
  [/innotek|VirtualBox/, "oracle"],
  [/\bXen\b/, "xen"],
  [/Parallels/, "parallels"],
  [/BHYVE/, "bhyve"],
  [/Microsoft.*Virtual Machine/, "microsoft"],
];

/** Who gives a guest its time, by the clock's name: many hypervisors are KVM under a maker of their own, or under none. */
const CLOCKS: Words = [
  [/kvm-clock/, "kvm"],
  [/hyperv_clocksource/, "microsoft"],
  [/\bxen\b/, "xen"],
];

/** Emulators, with or without the help of the processor, which is asked for first. */
const EMULATORS: Words = [
  [/QEMU/, "qemu"],
  [/Bochs/, "bochs"],
];

/**
 * The hypervisor in the words of systemd-detect-virt(1), `unknown` where there is one that does not say its name, or `none`. Processors of
 * x86 tell whether there is one; on others the device tree does, or a maker that sells nothing else.
 */
export function readVirtualization(root: string, cpuInfo: string): string {
  const read = (file: string): string => readKernelFile(join(root, file)).trim();
  // The domain of Xen that runs the others is the host.
  if (read("proc/xen/capabilities").includes("control_d")) return "none";
  const isX86 = /^flags\s*:/m.test(cpuInfo);
  const isGuest = isX86 ? /^flags\s*:.*\bhypervisor\b/m.test(cpuInfo) : isGuestOfTree(read);
  const product = read("sys/class/dmi/id/product_name");
  const machine = `${read("sys/class/dmi/id/sys_vendor")} ${product}`;
  const clocks = read("sys/devices/system/clocksource/clocksource0/available_clocksource");
  const found = find(MAKERS, machine) ?? find(CLOCKS, clocks) ?? find(EMULATORS, machine);
  if (isGuest) return found ?? "unknown";
  return isX86 || isRentedWhole(product) ? "none" : (found ?? "none");
}

function find(words: Words, text: string): string | undefined {
  return words.find(([pattern]) => pattern.test(text))?.[1];
}

/** See Linux' Documentation/devicetree: a hypervisor has a node of its own. */
function isGuestOfTree(read: (file: string) => string): boolean {
  return read("proc/device-tree/hypervisor/compatible") !== "";
}

/** An instance of Amazon's without a hypervisor says it in its type, such as `c7g.metal`. */
function isRentedWhole(product: string): boolean {
  return /\.metal\b/.test(product);
}
