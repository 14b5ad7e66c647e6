import { EXIT } from "./io.ts";

/** A word and a sentence about it. */
export type HelpEntry = readonly [term: string, text: string];

/** What cudaprobe is, in a paragraph. */
export const ABOUT = `Starts small programs on the GPUs of this host, each in a fresh process that does what a GPU function does when it starts, and
measures what that costs: the phases of a cold start, the memory that the runtime takes, and the passing of data between
processes. As a daemon it does so on a schedule and serves the figures to Prometheus; other commands do it once.`;

/** What each exit code means, of every command. */
export const EXIT_CODES: readonly HelpEntry[] = [
  [String(EXIT.ok), "All went well; the daemon was stopped in order."],
  [
    String(EXIT.fault),
    "A fault: a run failed or none succeeded, a file pauses runs, no driver answers, or the daemon cannot listen.",
  ],
  [
    String(EXIT.usage),
    "A mistake on the command line or in a configuration: starting again does not help.",
  ],
  [
    String(EXIT.slower),
    "Slower: `compare` found it, or `run cold_start` was above its --max-seconds.",
  ],
  [String(EXIT.SIGINT), "Cut short by SIGINT; what was finished is printed."],
  [String(EXIT.SIGTERM), "Cut short by SIGTERM; what was finished is printed."],
];

/** What signals do. */
export const SIGNALS: readonly HelpEntry[] = [
  [
    "SIGTERM, SIGINT",
    "End the run in flight in order, then the program. A second one ends it at once, with exit code 1.",
  ],
  [
    "SIGHUP",
    "The daemon reads its configuration again. One with a mistake changes nothing and is logged.",
  ],
];

/** The variables that it looks at. Probes get none of them: their environment is built anew. */
export const ENVIRONMENT: readonly HelpEntry[] = [
  ["STATE_DIRECTORY", "The storage path, as systemd sets it; --storage.path goes before."],
  [
    "XDG_STATE_HOME, HOME",
    "Where the storage path is without either: in cudaprobe/ of the first, else in .local/state/cudaprobe/ of the second.",
  ],
  [
    "NOTIFY_SOCKET, WATCHDOG_USEC, WATCHDOG_PID",
    "Set by systemd for a service of Type=notify: it is told when the daemon is ready, reloads, stops, and that it lives.",
  ],
  ["LISTEN_FDS, LISTEN_PID", "The sockets of --web.systemd-socket, as systemd passes them."],
  ["PATH", "Where nvidia-cuda-mps-control is looked for. Probes get a PATH of their own."],
  ["TMPDIR", "Where directories for single runs are made. (default: /tmp)"],
  ["CUDAPROBE_EMULATOR", "A directory with the emulator.conf of --driver=emulator."],
  [
    "CUDAPROBE_NATIVE_BUILD, CUDAPROBE_FRAMEWORKS",
    "Where the programs of the probes, and the scripts that start frameworks, are if not beside cudaprobe.",
  ],
  ["CUDAPROBE_REVISION", "The label revision of cudaprobe_build_info."],
];

/** The files that it reads and writes. */
export const FILES: readonly HelpEntry[] = [
  [
    "/etc/cudaprobe/cudaprobe.yml",
    "The configuration, unless --config.file names another. Without it the one that is shipped, config/cudaprobe.yml, is taken.",
  ],
  ["STORAGE/baselines.json", "Baselines that were pinned, under the storage path."],
  ["STORAGE/lane.lock", "Held by whoever measures, so that there is one run at a time on a host."],
];

/** What a person may want to do first: what it is for, and the command. */
export const EXAMPLES: readonly HelpEntry[] = [
  ["See what would run on this host, what would be left out, and why:", "cudaprobe check"],
  [
    "Time a function's start, and let a script know when it takes longer than two seconds:",
    "cudaprobe run cold_start --iterations 5 --max-seconds 2",
  ],
  ["See who holds the memory of the GPUs:", "cudaprobe run process_memory"],
  [
    "Keep a series of runs, to compare a later one with:",
    "cudaprobe run cold_start --iterations 5 --format json --output before.json",
  ],
  ["Find out whether something became slower:", "cudaprobe compare before.json after.json"],
  [
    "Serve on an address of its own, with TLS and passwords, and log in JSON:",
    "cudaprobe serve --web.listen-address=127.0.0.1:10062 --web.config.file=web.yml --log.format=json",
  ],
];
