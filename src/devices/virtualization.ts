import { join } from "node:path";
import { readKernelFile } from "./kernel-file.ts";

/** Who made the machine, by what DMI says of it, in the words of systemd-detect-virt(1). The first that fits wins. */
const MAKERS: readonly (readonly [RegExp, string])[] = [
  [/\bKVM\b|OpenStack|KubeVirt/, "kvm"],
  [/Amazon EC2/, "amazon"],
  [/Google/, "google"],
  [/QEMU/, "qemu"],
  [/VMware|VMW/, "vmware"],
  [/innotek|VirtualBox/, "oracle"],
  [/\bXen\b/, "xen"],
  [/Bochs/, "bochs"],
  [/Parallels/, "parallels"],
  [/BHYVE/, "bhyve"],
  [/Microsoft.*Virtual Machine/, "microsoft"],
];

/**
 * The hypervisor in the words of systemd-detect-virt(1), `unknown` where there is one that does not say its name, or `none`. Processors of
 * x86 tell whether there is one; on others only a maker that rents out nothing else gives it away.
 */
export function readVirtualization(root: string, cpuInfo: string): string {
  const read = (file: string): string => readKernelFile(join(root, "sys", file)).trim();
  const type = read("hypervisor/type");
  const isX86 = /^flags\s*:/m.test(cpuInfo);
  const isGuest = /^flags\s*:.*\bhypervisor\b/m.test(cpuInfo) || type !== "";
  if (isX86 && !isGuest) return "none";
  const product = read("class/dmi/id/product_name");
  const found = makerOf(`${read("class/dmi/id/sys_vendor")} ${product}`);
  if (isGuest) return found ?? (type || "unknown");
  return isRentedWhole(product) ? "none" : (found ?? "none");
}

function makerOf(machine: string): string | undefined {
  return MAKERS.find(([pattern]) => pattern.test(machine))?.[1];
}

/** An instance of Amazon's without a hypervisor says it in its type, such as `c7g.metal`. */
function isRentedWhole(product: string): boolean {
  return /\.metal\b/.test(product);
}
