import { createHash } from "node:crypto";

/** The pages' style sheet: in each page itself, so that one request shows it all. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --ink: #1d2329; --soft: #5d6873; --paper: #f5f6f8; --card: #fff; --line: #dde1e6;
  --accent: #3f7d0a; --good: #1a7f37; --good-soft: #dafbe1; --bad: #b42318; --bad-soft: #fee4e2;
  --pause: #6b5900; --pause-soft: #fbf0c4; --idle-soft: #e9ecef; --warn: #ffb000; --warn-ink: #221700;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e4e8ec; --soft: #97a2ad; --paper: #101418; --card: #181e24; --line: #2b343c;
    --accent: #8fd14f; --good: #5fd37c; --good-soft: #10331d; --bad: #ff8a80; --bad-soft: #471814;
    --pause: #ecd268; --pause-soft: #38300d; --idle-soft: #262e36;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
}
main, header > div { max-width: 1180px; margin: 0 auto; padding: 0 24px; }
header { background: var(--card); border-bottom: 1px solid var(--line); border-top: 4px solid var(--accent); }
header > div { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 16px; padding-top: 16px; padding-bottom: 16px; }
h1 { margin: 0; font-size: 22px; letter-spacing: -0.01em; }
h2 { margin: 28px 0 10px; font-size: 16px; }
header p { margin: 0; color: var(--soft); flex: 1 1 20em; }
nav { display: flex; flex-wrap: wrap; gap: 4px 18px; }
a { color: var(--accent); text-underline-offset: 3px; }
.banner {
  background: var(--warn); color: var(--warn-ink); padding: 14px 24px; text-align: center;
  border-bottom: 1px solid rgb(0 0 0 / 25%);
}
.banner strong { display: block; font-size: 18px; letter-spacing: 0.06em; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; overflow-x: auto; }
.state { display: flex; flex-wrap: wrap; gap: 6px 28px; padding: 14px 18px; align-items: baseline; }
.state dl { display: contents; }
.state dl > div { display: flex; gap: 7px; align-items: baseline; }
dt { color: var(--soft); font-size: 13px; }
dd { margin: 0; overflow-wrap: anywhere; }
.fault { margin: 0; padding: 0 18px 14px; color: var(--bad); overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: 9px 18px; text-align: left; vertical-align: top; border-top: 1px solid var(--line); white-space: nowrap; }
thead th { border-top: 0; color: var(--soft); font-size: 13px; font-weight: 600; }
td small, .summary { color: var(--soft); font-size: 13px; }
td small { display: block; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
td.why { white-space: normal; min-width: 17em; overflow-wrap: anywhere; }
.none { margin: 0; color: var(--soft); text-align: center; padding: 26px; }
code { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.pill { display: inline-block; border-radius: 10px; padding: 0 9px; font-size: 13px; font-weight: 600; background: var(--idle-soft); color: var(--soft); }
.pill.good { background: var(--good-soft); color: var(--good); }
.pill.bad { background: var(--bad-soft); color: var(--bad); }
.pill.idle { background: var(--idle-soft); color: var(--soft); }
.pill.pause { background: var(--pause-soft); color: var(--pause); }
.summary { margin: -4px 0 10px; }
footer { margin: 22px 0 40px; color: var(--soft); font-size: 13px; overflow-wrap: anywhere; }
`;

/** What a Content-Security-Policy allows a style sheet by, and with it nothing else. */
export function styleSource(style: string): string {
  return `'sha256-${createHash("sha256").update(style).digest("base64")}'`;
}
