import { Option, type Command } from "commander";
import { listKeys, type KeyFacts } from "../config/keys.ts";
import { kindSchema } from "../config/schema.ts";
import { coldStart } from "../probes/cold-start.ts";
import { KINDS } from "../probes/index.ts";
import type { Kind } from "../probes/kind.ts";
import { addCommonFlags } from "./flags.ts";
import type { CommandIo } from "./io.ts";
import { parseCount, parsePositive } from "./parse-count.ts";
import { RUN_FORMATS } from "./run-formats.ts";
import type { RunFlags } from "./run.ts";

interface RunProgramModules {
  readonly io: CommandIo;
  readonly done: (exitCode: number) => void;
}

const DEFAULT_ITERATIONS = 10;

type KindFlags = RunFlags & Readonly<Record<string, string | true>> & { readonly gpu?: string };

/** Adds to `run` a command for each kind. */
export function addKinds(run: Command, modules: RunProgramModules): void {
  for (const kind of KINDS) addRunKind(run, kind, modules);
}

/** A kind's own options become flags of its command, so that a new kind needs no line here. */
function addRunKind(run: Command, kind: Kind, { io, done }: RunProgramModules): void {
  const command = addCommonFlags(run.command(kind.name)).description(kind.summary);
  addSeriesFlags(command, kind);
  const facts = listKeys(kindSchema(kind, () => undefined));
  for (const { key, isFlag } of kind.optionTexts) {
    const option = facts.find((other) => other.key === key);
    const value = isFlag ? "[boolean]" : `<${nameValue(option?.allowed ?? "")}>`;
    command.option(`--${key.replaceAll("_", "-")} ${value}`, describeOption(option));
  }
  command.action(async (flags: KindFlags) => {
    const { runCommand } = await import("./run.ts");
    const options = Object.fromEntries(
      kind.optionTexts.flatMap(({ key }) => {
        const value = flags[camelCase(key)];
        // A flag that is given without a value is true.
        return value === undefined ? [] : [[key, String(value)] as const];
      }),
    );
    done(await runCommand({ kind, options, gpu: flags.gpu }, flags, io));
  });
}

function addSeriesFlags(command: Command, kind: Kind): void {
  command
    .addOption(
      new Option("--iterations <n>", "How many runs to make.")
        .argParser(parseCount)
        .default(kind.defaultIterations ?? DEFAULT_ITERATIONS),
    )
    .addOption(
      new Option("--format <format>", "How to print.").choices(RUN_FORMATS).default("table"),
    )
    .option("--output <file>", "Where to print to; - is standard output. (default: -)");
  if (kind.scope === "device") {
    command.option("--gpu <gpu>", "NVML index or UUID of the GPU. (default: the first)");
  }
  if (kind.name === coldStart.name) command.addOption(maxSecondsOption());
}

function maxSecondsOption(): Option {
  return new Option(
    "--max-seconds <seconds>",
    "Exit with code 3 when the median time to first result is above this.",
  ).argParser(parsePositive);
}

/** What may stand in the place of a value, as the configuration's reference has it, in a word. */
function nameValue(allowed: string): string {
  const words: Readonly<Record<string, string>> = {
    "list of sizes": "sizes",
    text: "text",
    size: "size",
    duration: "duration",
    ratio: "ratio",
    list: "list",
  };
  return words[allowed] ?? (allowed.startsWith("whole number") ? "n" : "value");
}

/** The description, then the choices and the default as commander writes them. */
function describeOption(facts: KeyFacts | undefined): string {
  if (facts === undefined) return "";
  const { allowed, description } = facts;
  const fallback = describeFallback(facts);
  const more = [
    ...(allowed.startsWith("`") ? [`choices: ${allowed.replaceAll("`", '"')}`] : []),
    ...(allowed.startsWith("whole number") ? [allowed] : []),
    ...(fallback === "" ? [] : [`default: ${fallback}`]),
  ];
  return more.length === 0 ? description : `${description} (${more.join(", ")})`;
}

/** A list is written without brackets and spaces on a command line. */
function describeFallback({ fallback = "" }: KeyFacts): string {
  return fallback.replaceAll(/^\[|\]$/g, "").replaceAll(", ", ",");
}

/** The name that commander gives to a flag. */
function camelCase(key: string): string {
  return key.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
