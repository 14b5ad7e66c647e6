// @ts-check
// `npm run generate`: grafana/dashboards, which follow from grafana/*.ts. With --check nothing is written, and a
// file that is not as the source has it is an error. Needs `tsc -p grafana`.
import { allDashboards } from "../out/grafana/grafana/all-dashboards.js";
import { writeGenerated } from "./write-generated.js";

await writeGenerated(
  allDashboards().map(({ name, dashboard }) => ({
    file: `grafana/dashboards/${name}`,
    text: JSON.stringify(dashboard),
  })),
);
