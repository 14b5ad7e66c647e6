import { PLOT_STYLE } from "../../plots/plot-style.ts";
import { PAGE_STYLE } from "../page-style.ts";

const VERDICT = `
h1 small { color: var(--soft); font-size: 14px; font-weight: 400; letter-spacing: 0; margin-left: 6px; }
h1 { overflow-wrap: anywhere; flex: 1 1 14em; }
.verdict { margin: 22px 0 0; padding: 14px 18px; border-radius: 8px; border: 1px solid var(--line); border-left: 6px solid var(--soft); background: var(--card); }
.verdict.good { border-left-color: var(--good); }
.verdict.bad { border-left-color: var(--bad); }
.verdict.pause { border-left-color: var(--pause); }
.verdict .sentence { margin: 0; font-size: 20px; font-weight: 600; line-height: 1.35; letter-spacing: -0.01em; }
.verdict.bad .sentence { color: var(--bad); }
.verdict .fault { padding: 8px 0 0; }
.troubles { margin: 10px 0 0; padding: 0; list-style: none; overflow-wrap: anywhere; }
.troubles li { padding: 6px 0; border-top: 1px solid var(--line); }
.troubles small { color: var(--soft); font-size: 13px; }
.soft { color: var(--soft); font-size: 13px; }
`;

const DEVICES = `
.card + .card { margin-top: 10px; }
.device { overflow: hidden; }
.device > summary, .lost {
  display: grid; grid-template-columns: minmax(11em, 1.5fr) auto minmax(0, 3fr) minmax(90px, 1fr);
  gap: 6px 18px; align-items: center; padding: 12px 18px; cursor: pointer; list-style: none;
}
.lost { grid-template-columns: auto auto 1fr; cursor: auto; border-left: 4px solid var(--bad); }
.device > summary::-webkit-details-marker { display: none; }
.device > summary h3::before { content: "▸"; display: inline-block; width: 1.1em; color: var(--soft); }
.device[open] > summary h3::before { content: "▾"; }
.device[open] > summary { border-bottom: 1px solid var(--line); }
summary:focus-visible, pre:focus-visible, .scrolls:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
h3, h4, h5 { margin: 0; }
h3 { font-size: 16px; }
h3 small { display: block; padding-left: 1.4em; color: var(--soft); font-size: 13px; font-weight: 400; }
.glance { display: grid; grid-template-columns: 1.2fr 1.4fr minmax(4.6em, 0.7fr); gap: 4px 16px; }
.glance > span:last-child .value { white-space: nowrap; }
.glance .name { display: block; color: var(--soft); font-size: 12px; }
.glance .value { font-weight: 600; font-variant-numeric: tabular-nums; }
.glance small { color: var(--soft); font-weight: 400; font-size: 13px; white-space: nowrap; }
.trend .spark { height: 34px; }
.parts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr)); margin: 0 -1px -1px 0; }
.parts > * { padding: 16px 18px; min-width: 0; border: solid var(--line); border-width: 0 1px 1px 0; }
.facts { display: flex; flex-wrap: wrap; gap: 4px 24px; margin: 0; font-size: 13px; }
.facts > div { display: flex; gap: 7px; min-width: 0; }
.parts > .facts { grid-column: 1 / -1; }
.parts > div > .part + .part { margin-top: 22px; }
h4 { font-size: 15px; }
h5 { font-size: 14px; margin-top: 12px; }
h4 small, h5 small { color: var(--soft); font-size: 13px; font-weight: 400; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(92px, 1fr)); gap: 8px 14px; margin: 10px 0 12px; }
.figures dt { font-size: 12px; }
.figures dd { font-weight: 600; font-size: 16px; font-variant-numeric: tabular-nums; }
.day { margin: 0 0 14px; }
.day figcaption { display: flex; justify-content: space-between; gap: 8px; color: var(--soft); font-size: 12px; }
.part > .plot { max-width: 560px; }
.as-of { margin: 8px 0 0; color: var(--soft); font-size: 13px; overflow-wrap: anywhere; }
.as-of.old { color: var(--bad); }
.of { display: flex; flex-wrap: wrap; gap: 0 6px; align-items: baseline; margin-top: 6px; color: var(--soft); font-size: 13px; }
.of .as-of { margin: 0; }
.part .none { padding: 18px 0; text-align: left; }
`;

const TABLES = `
.card > table th, .card > table td, .list > table th, .list > table td { padding-left: 12px; padding-right: 12px; }
.card > table :is(th, td):first-child, .list > table :is(th, td):first-child { padding-left: 18px; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
tbody th { font-weight: 600; text-align: left; }
th small { display: block; color: var(--soft); font-size: 13px; font-weight: 400; }
.scrolls { overflow-x: auto; position: relative; margin-top: 10px; }
.part table th, .part table td { padding: 5px 14px 5px 0; }
.part table th:last-child, .part table td:last-child { padding-right: 0; }
td.owner { white-space: normal; min-width: 9em; overflow-wrap: anywhere; }
code.cron { white-space: nowrap; }
.card { position: relative; }
details.list > summary, details.more > summary { padding: 12px 18px; cursor: pointer; overflow-wrap: anywhere; }
details.more > summary { padding: 8px 0 0; color: var(--accent); }
.failure { border-top: 1px solid var(--line); padding: 0 18px; }
.failure:first-child { border-top: 0; }
.failure > summary { padding: 10px 0; cursor: pointer; overflow-wrap: anywhere; }
.failure small { color: var(--soft); font-size: 13px; }
.failure[open] { padding-bottom: 14px; }
pre {
  margin: 6px 0 0; padding: 12px 14px; overflow: auto; max-height: 30em; background: var(--paper); border: 1px solid var(--line); border-radius: 6px;
  font: 12.5px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; tab-size: 2;
}
details.list > pre { margin: 0; border-width: 1px 0 0; border-radius: 0; }
section > .none.card { padding: 16px 18px; text-align: left; }
`;

const NARROW = `
@media (max-width: 760px) {
  main, header > div { padding-left: 8px; padding-right: 8px; }
  header > div { padding-left: 14px; }
  .device > summary { grid-template-columns: 1fr auto; padding: 12px 10px; }
  .glance, .trend { grid-column: 1 / -1; }
  .parts > * { padding: 14px 10px; }
  .day figcaption { flex-wrap: wrap; }
  .day figcaption span:nth-child(2) { order: 1; width: 100%; }
  .stacks, .stacks tbody, .stacks tr, .stacks td, .stacks tbody th { display: block; }
  .stacks thead { display: none; }
  .stacks tr { border-top: 1px solid var(--line); padding: 10px 14px; }
  .stacks tbody tr:first-child { border-top: 0; }
  .stacks td, .stacks tbody th, .card > .stacks td, .list > .stacks td { border: 0; padding: 1px 0; }
  .stacks td:empty { display: none; }
  .stacks td.gpu::before { content: "GPU "; }
  .stacks td.number, .stacks td[data-label] { display: inline-block; margin-right: 14px; text-align: left; }
  .stacks [data-label]::before { content: attr(data-label) " "; color: var(--soft); font-size: 13px; }
  .card > .stacks :is(th, td):first-child, .list > .stacks :is(th, td):first-child { padding-left: 0; }
}
`;

/** The status page's style sheet: that of all pages, and what is its own. */
export const STATUS_STYLE = PAGE_STYLE + PLOT_STYLE + VERDICT + DEVICES + TABLES + NARROW;
