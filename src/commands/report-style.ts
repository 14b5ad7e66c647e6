import { PAGE_STYLE, styleSource } from "../http/page-style.ts";
import { PLOT_STYLE } from "../plots/plot-style.ts";

/** The page's own look, above that of all pages: its tables scroll in their cards. */
const OWN_STYLE = `
h1 { overflow-wrap: anywhere; }
.plots { columns: 2 400px; column-gap: 16px; }
.plots figure { margin: 0 0 16px; padding: 16px; overflow: hidden; break-inside: avoid; }
.plots .plot { max-width: 620px; }
.counts { margin: 18px 0 0; padding: 0; list-style: none; overflow-wrap: anywhere; }
.counts li:first-child { font-weight: 600; }
.cut { background: var(--pause-soft); color: var(--pause); padding: 10px 24px; text-align: center; font-weight: 600; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 6px 18px; margin: 0; padding: 14px 18px; }
caption { text-align: left; color: var(--soft); padding: 10px 18px 0; }
tbody th { font-weight: 400; }
.report + .report { margin-top: 12px; }
.report td, .report th { padding: 7px 14px; }
@media (max-width: 760px) {
  main, header > div { padding: 0 14px; }
  .report td, .report th { padding: 7px 10px; }
  .facts { grid-template-columns: 1fr; gap: 0; } .facts dd { margin-bottom: 8px; }
}
@media print {
  table { break-inside: avoid; }
}
`;

/** All of the page's style sheet. */
export const REPORT_STYLE = PAGE_STYLE + PLOT_STYLE + OWN_STYLE;

/** The page may do nothing but apply that sheet and show its icon: it loads, sends and runs nothing. */
export const REPORT_POLICY = [
  "default-src 'none'",
  `style-src ${styleSource(REPORT_STYLE)}`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");
