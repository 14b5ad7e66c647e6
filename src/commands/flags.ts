import { Option, type Command } from "commander";
import { DRIVER_CHOICES, type DriverChoice } from "../devices/backend.ts";

/** The flags that every command has, under the names that commander gives them. */
export interface CommonFlags {
  readonly driver: DriverChoice;
  readonly "config.file"?: string;
  readonly "storage.path"?: string;
}

/** Adds the flags that every command has. */
export function addCommonFlags(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--driver <backend>",
        "What the probes talk to: NVIDIA's driver, its emulator, or, with auto, the emulator on hosts without a GPU.",
      )
        .choices(DRIVER_CHOICES)
        .default("nvidia"),
    )
    .option(
      "--config.file <path>",
      "The configuration. (default: /etc/cudaprobe/cudaprobe.yml, else the one that is shipped)",
    )
    .option(
      "--storage.path <directory>",
      "The directory of what must survive a restart. (default: $STATE_DIRECTORY, else $XDG_STATE_HOME/cudaprobe)",
    );
}

/** The flag of commands that serve, or check what would be served. */
export interface WebConfigFlag {
  readonly "web.config.file"?: string;
}

/** Adds it. */
export function addWebConfigFlag(command: Command): Command {
  return command.option(
    "--web.config.file <path>",
    "TLS and basic authentication, in the format of Prometheus' exporters. (default: neither)",
  );
}
