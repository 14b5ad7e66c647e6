import type { Kind } from "../probes/kind.ts";
import { type KeyFacts, listKeys } from "./keys.ts";
import { kindSchema, sectionsSchema } from "./schema.ts";

const INTRODUCTION = `# Configuration

<!-- Made from the schema in src/config/ and src/probes/ by \`npm run generate\`. Change it there. -->

One YAML file, read at the start and again at \`SIGHUP\` and \`POST /-/reload\`. \`config/cudaprobe.yml\` is the default, with every key in it, and
\`config/examples/\` has others. A mistake anywhere refuses the whole file: each is named with its line, its key and what is
allowed, and a daemon that is asked to read it again goes on with what it has. \`cudaprobe check\` looks without starting
anything.

| written as | for example |
| --- | --- |
| duration | \`500ms\`, \`30s\`, \`5m\`, \`1h30m\` |
| size | \`64MiB\`, \`2GiB\`, \`1GB\` |
| ratio | \`80%\`, \`0.8\` |

A bare number is no duration and no size. The file is one YAML 1.2 document without aliases, of at most 256 KiB. A \`*\` in a schedule needs
quotes.
`;

/** The page docs/configuration.md: every key with what may be written, its default and its description. */
export function renderConfigurationPage(kinds: readonly Kind[]): string {
  const sections = listKeys(sectionsSchema(() => undefined)).filter(({ keys }) => keys.length > 0);
  return [
    INTRODUCTION,
    ...renderProbes(kinds),
    ...sections.flatMap(({ key, description, keys }) => [
      `## \`${key}\``,
      `${description} It may be left out, and so may each of its keys.`,
      renderTable(keys),
    ]),
  ].join("\n\n");
}

function renderProbes(kinds: readonly Kind[]): readonly string[] {
  const all = kinds.map((kind) => ({
    kind,
    keys: listKeys(kindSchema(kind, () => undefined)),
  }));
  const isCommon = ({ key }: KeyFacts): boolean =>
    all.every(({ kind }) => !(key in kind.optionsShape));
  const device = all.find(({ kind }) => kind.scope === "device");
  const common = (device?.keys ?? [])
    .filter(isCommon)
    .map((facts) => (facts.key === "timeout" ? { ...facts, fallback: undefined } : facts));
  return [
    "## `probes`",
    "A list, which must be there. Each probe has these keys, and those of its kind. Its targets are the GPUs it runs on.",
    renderTable(common),
    ...all.flatMap(({ kind, keys }) => renderKind(kind, keys)),
  ];
}

function renderKind(kind: Kind, keys: readonly KeyFacts[]): readonly string[] {
  const timeout = `The default timeout is ${describeTimeout(kind)}.`;
  const scope =
    kind.scope === "host" ? " It runs once for the whole host, so it has no `gpus`." : "";
  return [
    `### \`kind: ${kind.name}\``,
    `${kind.summary} ${timeout}${scope}`,
    renderTable(keys.filter(({ key }) => key in kind.optionsShape)),
  ];
}

/** Of the kind, and of those of its runtimes that have another. */
function describeTimeout({ defaultTimeoutSeconds, optionsShape, parse }: Kind): string {
  const own = `${String(defaultTimeoutSeconds)}s`;
  if (!("python" in optionsShape)) return own;
  const framework = parse({ runtime: "torch" });
  const seconds = framework.ok ? framework.value.timeoutSeconds : undefined;
  return seconds === undefined ? own : `${own}, of frameworks ${String(seconds)}s`;
}

function renderTable(keys: readonly KeyFacts[]): string {
  const rows = keys.map(({ key, allowed, fallback, required, description }) =>
    row([`\`${key}\``, allowed, describeDefault(fallback, required), description]),
  );
  return [
    row(["key", "value", "default", "what it does"]),
    row(Array(4).fill("---")),
    ...rows,
  ].join("\n");
}

function describeDefault(fallback: string | undefined, required: boolean): string {
  if (required) return "required";
  return fallback === undefined ? "" : `\`${fallback}\``;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}
