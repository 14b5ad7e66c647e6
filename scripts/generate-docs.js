// @ts-check
// `npm run generate`: the pages of docs/ that follow from the source. With --check nothing is written,
// and a page that is not as the source has it is an error. Needs `npm run build`.
import { resolve } from "node:path";
import { renderManPage } from "../dist/commands/man-page.js";
import { systemClock } from "../dist/base/clock.js";
import { createProgram } from "../dist/commands/program.js";
import { readVersion } from "../dist/commands/version.js";
import { renderConfigurationPage } from "../dist/config/reference.js";
import { metricsDocument } from "../dist/metrics/document.js";
import { KINDS } from "../dist/probes/index.js";
import { writeGenerated } from "./write-generated.js";

const packageDirectory = resolve(import.meta.dirname, "..");
const version = await readVersion(packageDirectory);
const ignore = () => undefined;
// Its commands are described and never run.
const program = await createProgram(
  {
    out: ignore,
    error: ignore,
    isTerminal: false,
    env: {},
    hostname: "",
    nodeVersion: "",
    revision: "",
    clock: systemClock,
    packageDirectory,
    onSignal: () => ignore,
    exitNow: ignore,
  },
  { version, words: ["run"], done: ignore },
);

await writeGenerated([
  { file: "docs/configuration.md", text: renderConfigurationPage(KINDS) },
  { file: "docs/metrics.md", text: metricsDocument(KINDS) },
  { file: "docs/man/cudaprobe.1", text: renderManPage(program) },
]);
