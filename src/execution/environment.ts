/** Where probes, and what they start, look for programs. */
export const PROBE_PATH: readonly string[] = ["/usr/local/bin", "/usr/bin", "/bin"];

/** Directories that a probe's environment names. */
export interface EnvironmentDirectories {
  /** Ours, so that nothing is read from or left in a person's home. */
  readonly home: string;
  /** Of the run's own MPS daemon, else empty: a client that is told none joins whatever daemon sits in the default place. */
  readonly mpsPipe: string;
  readonly cudaCache: string;
  /** Set when the emulator stands in for the driver. */
  readonly emulator: string | undefined;
}

/** The whole environment of a probe. It is built, not inherited: what is not here does not reach the driver. */
export function buildEnvironment(
  directories: EnvironmentDirectories,
  measurement: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return {
    PATH: PROBE_PATH.join(":"),
    HOME: directories.home,
    CUDA_CACHE_PATH: directories.cudaCache,
    CUDA_MPS_PIPE_DIRECTORY: directories.mpsPipe,
    ...(directories.emulator === undefined ? {} : { CUDAPROBE_EMULATOR: directories.emulator }),
    ...measurement,
  };
}
