/** Whose a process is, as its control groups tell; an empty string is nobody of that sort. */
export interface Owner {
  /** The container's id: 64 hexadecimal digits, or a machine's name for systemd-nspawn. */
  readonly containerId: string;
  readonly podUid: string;
  readonly slurmJob: string;
  /** The systemd unit; empty in a container, a pod or a job, whose units are named after them. */
  readonly systemdUnit: string;
}
