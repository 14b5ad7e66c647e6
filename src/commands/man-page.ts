import { Help, type Command, type Option } from "commander";
import {
  ABOUT,
  ENVIRONMENT,
  EXAMPLES,
  EXIT_CODES,
  FILES,
  SIGNALS,
  type HelpEntry,
} from "./help-texts.ts";
import {
  code,
  entry,
  escapeRoff,
  joinBlocks,
  paragraph,
  section,
  subsection,
  usages,
} from "./roff.ts";

/** The manual page cudaprobe(1) as roff: all commands on one page, so that one search finds every flag. */
export function renderManPage(program: Command): string {
  const commands = listCommands(program);
  const common = findCommonFlags(commands);
  return joinBlocks([
    `.\\" Made from the commands in src/commands/ by npm run generate. Change it there.`,
    `.TH CUDAPROBE 1 "" "cudaprobe ${escapeRoff(program.version() ?? "")}" "User Commands"`,
    section("NAME"),
    String.raw`cudaprobe \- measure what a GPU function costs to start`,
    section("SYNOPSIS"),
    usages(commands.map(describeUsage)),
    section("DESCRIPTION"),
    paragraph(ABOUT),
    section("OPTIONS OF ALL COMMANDS"),
    paragraph("Of all but `compare`, which looks at files alone."),
    ...describeOptions([...common.values()]),
    section("COMMANDS"),
    ...commands.flatMap((command) => describeCommand(command, common)),
    ...renderEntries("EXIT STATUS", EXIT_CODES),
    ...renderEntries("SIGNALS", SIGNALS),
    ...renderEntries("ENVIRONMENT", ENVIRONMENT),
    ...renderEntries("FILES", FILES),
    section("EXAMPLES"),
    ...EXAMPLES.flatMap(([text, line]) => [paragraph(text), code(line)]),
    section("SEE ALSO"),
    paragraph(
      "The pages in docs/ of cudaprobe: configuration.md, metrics.md, operations.md, runbook.md and web-config.md.",
    ),
  ]);
}

/** Those that do something, with those of a group in its place. */
function listCommands(program: Command): readonly Command[] {
  return program.commands.flatMap((command) =>
    command.commands.length > 0 ? listCommands(command) : [command],
  );
}

/** What every command has that looks at a host. */
function findCommonFlags(commands: readonly Command[]): ReadonlyMap<string, Option> {
  const [first, ...others] = commands.filter(({ options }) => hasDriver(options));
  const isCommon = (option: Option): boolean =>
    others.every(({ options }) => options.some((other) => isSame(option, other)));
  return new Map((first?.options ?? []).filter(isCommon).map((option) => [option.flags, option]));
}

function hasDriver(options: readonly Option[]): boolean {
  return options.some(({ long }) => long === "--driver");
}

function isSame(left: Option, right: Option): boolean {
  return left.flags === right.flags && left.description === right.description;
}

function nameOf(command: Command): string {
  const { parent } = command;
  return parent === null ? command.name() : `${nameOf(parent)} ${command.name()}`;
}

function describeUsage(command: Command): string {
  return `${nameOf(command)} ${command.usage()}`;
}

function describeCommand(command: Command, common: ReadonlyMap<string, Option>): readonly string[] {
  const own = command.options.filter(({ flags }) => !common.has(flags));
  return [
    subsection(describeUsage(command)),
    paragraph(command.description()),
    ...command.registeredArguments.map((argument) => entry(argument.name(), argument.description)),
    ...describeOptions(own),
  ];
}

function describeOptions(options: readonly Option[]): readonly string[] {
  const help = new Help();
  return options.map((option) => entry(help.optionTerm(option), help.optionDescription(option)));
}

function renderEntries(title: string, entries: readonly HelpEntry[]): readonly string[] {
  return [section(title), ...entries.map(([term, text]) => entry(term, text))];
}
