import { reportPage } from "./report-page.ts";
import type { Report } from "./report.ts";
import { formatSeries, type RunFormat } from "./run-formats.ts";

/** A report as `--format` has it. Programs are not told in the data that it was cut short, but by the exit code. */
export function formatReport(report: Report, format: RunFormat): string {
  if (format === "html") return reportPage(report);
  const text = formatSeries(report.result, format, report.tables);
  if (format !== "table" || report.cutShort === undefined) return text;
  return `${text}\n${report.cutShort}\n`;
}
