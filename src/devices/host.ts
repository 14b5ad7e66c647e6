/** What the host is; an empty string where it does not say. */
export interface HostFacts {
  readonly distribution: string;
  readonly distributionVersion: string;
  readonly kernel: string;
  readonly architecture: string;
  readonly cpuModel: string;
  /** The hypervisor's name, or `none`. */
  readonly virtualization: string;
}

/**
 * Asks the host, once. systeminformation is imported for it alone, since it runs a program as it is loaded. Its GPU functions are not used:
 * they run nvidia-smi and block the loop.
 */
export async function readHostFacts(): Promise<HostFacts> {
  const { default: host } = await import("systeminformation");
  const [os, processor, machine] = await Promise.all([host.osInfo(), host.cpu(), host.system()]);
  return {
    distribution: os.distro,
    distributionVersion: os.release,
    kernel: os.kernel,
    architecture: os.arch,
    cpuModel: `${processor.manufacturer} ${processor.brand}`.trim(),
    virtualization: machine.virtual ? (machine.virtualHost ?? "unknown") : "none",
  };
}
