export const MIB = 2 ** 20;

/** A line of emulator.conf: a process that holds memory of the first GPU. */
export function tenant(pid: number | undefined, mib: number, more = "type=compute"): string {
  return `tenant = gpu=0 pid=${pid} bytes=${mib * MIB} ${more}`;
}
