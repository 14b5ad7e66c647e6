/** What a probe's argv and environment are made from, beside its own options. */
export interface ProbeContext {
  /** The GPU to run on; undefined for kinds of scope `host`. */
  readonly gpuUuid: string | undefined;
  /** The host's other GPUs that a run may use as well: whole ones against which no gate speaks. */
  readonly peerGpuUuids: readonly string[];
  /** Paths of the driver's libraries, where the config or the emulator names them. */
  readonly libcuda: string | undefined;
  readonly libnvidiaMl: string | undefined;
  /** The directory of the native programs, for probes that start others. */
  readonly nativeDirectory: string;
  /** The directory of the scripts that start frameworks. */
  readonly frameworksDirectory: string;
  /** Where the program of {@link Measurement.needs} was found; empty without one. */
  readonly neededProgram: string;
  /** A directory of the run's own for copies of the driver's libraries; undefined unless the measurement asks for one. */
  readonly libraryCopies: string | undefined;
  /** Of how many processes a GPU a listing tells apart. */
  readonly processesPerDevice: number;
  /** The server of the run's own MPS daemon; undefined without one. */
  readonly mpsServerPid: number | undefined;
}
