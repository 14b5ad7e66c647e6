// @ts-check
// `npm run generate`: the files of deploy/prometheus that follow from its source/. With --check nothing is
// written, and a file that is not as the source has it is an error. Needs `tsc -p deploy`.
import { renderFiles } from "../out/deploy/prometheus/source/files.js";
import { SETTINGS } from "../out/deploy/prometheus/source/settings.js";
import { writeGenerated } from "./write-generated.js";

await writeGenerated(
  renderFiles(SETTINGS).map(({ name, text }) => ({ file: `deploy/prometheus/${name}`, text })),
);
