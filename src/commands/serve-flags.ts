import { InvalidArgumentError, Option, type Command } from "commander";
import { ok, type Result } from "../base/result.ts";
import { parseListenAddress } from "../http/listen-address.ts";
import type { PassedSocket } from "../http/server.ts";
import { addCommonFlags, addWebConfigFlag, type CommonFlags, type WebConfigFlag } from "./flags.ts";
import type { CommandIo } from "./io.ts";
import { parseNumber } from "./parse-count.ts";
import { findPassedSockets } from "./passed-sockets.ts";

const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;
const LOG_FORMATS = ["logfmt", "json"] as const;

/** The flags of `serve`, under the names that commander gives them. */
export interface ServeFlags extends CommonFlags, WebConfigFlag {
  readonly "web.listenAddress": readonly string[];
  readonly "web.systemdSocket"?: true;
  readonly "web.telemetryPath": string;
  readonly "web.disableExporterMetrics"?: true;
  readonly "web.maxRequests": number;
  readonly "web.enableLifecycle"?: true;
  readonly "log.level": (typeof LOG_LEVELS)[number];
  readonly "log.format": (typeof LOG_FORMATS)[number];
}

const DEFAULT_ADDRESS = ":10062";

/** Adds the flags of `serve`, named as other exporters name them. */
export function addServeFlags(command: Command): Command {
  addWebConfigFlag(addCommonFlags(command))
    .addOption(
      new Option(
        "--web.listen-address <address>",
        "Address to listen on, as host:port; :port is all addresses. May be given several times.",
      )
        .argParser(appendAddress)
        .default([], DEFAULT_ADDRESS),
    )
    .option("--web.systemd-socket", "Listen on the sockets that systemd passes, and on no address")
    .addOption(
      new Option("--web.telemetry-path <path>", "Path of the metrics.")
        .argParser(checkPath)
        .default("/metrics"),
    )
    .option(
      "--web.enable-lifecycle",
      "Let requests make the daemon act: POST /-/reload, GET /probe, POST /api/pause.",
    )
    .option("--web.disable-exporter-metrics", "Leave out the daemon's own process_* and nodejs_*.")
    .addOption(
      new Option(
        "--web.max-requests <count>",
        "How many scrapes are answered at a time, beyond which there is 503; 0 is no limit.",
      )
        .argParser(parseNumber)
        .default(40),
    );
  return addLogFlags(command);
}

function addLogFlags(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--log.level <level>",
        "The least level that is logged; runs that succeed are at debug.",
      )
        .choices(LOG_LEVELS)
        .default("info"),
    )
    .addOption(
      new Option("--log.format <format>", "The format of log lines, which go to standard error.")
        .choices(LOG_FORMATS)
        .default("logfmt"),
    );
}

function appendAddress(address: string, before: readonly string[]): readonly string[] {
  const parsed = parseListenAddress(address);
  if (!parsed.ok) throw new InvalidArgumentError(parsed.error);
  return [...before, address];
}

function checkPath(path: string): string {
  if (!path.startsWith("/")) throw new InvalidArgumentError("It must begin with a slash.");
  return path;
}

/** The sockets that were passed when they are asked for, else the addresses, else the default one. */
export function findListening(
  flags: ServeFlags,
  io: Pick<CommandIo, "env" | "pid">,
): Result<readonly (string | PassedSocket)[]> {
  if (flags["web.systemdSocket"] === true) return findPassedSockets(io);
  const addresses = flags["web.listenAddress"];
  return ok(addresses.length === 0 ? [DEFAULT_ADDRESS] : addresses);
}
