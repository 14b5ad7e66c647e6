// @ts-check
// `npm run generate`: the pages of docs/ that follow from the source. With --check nothing is written,
// and a page that is not as the source has it is an error. Needs `npm run build`.
import { renderConfigurationPage } from "../dist/config/reference.js";
import { metricsDocument } from "../dist/metrics/document.js";
import { KINDS } from "../dist/probes/index.js";
import { writeGenerated } from "./write-generated.js";

await writeGenerated([
  { file: "docs/configuration.md", text: renderConfigurationPage(KINDS) },
  { file: "docs/metrics.md", text: metricsDocument(KINDS) },
]);
