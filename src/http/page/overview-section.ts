import { html, type Html } from "../../base/html.ts";
import type { LastRun, StatusView, TargetStatus } from "../status.ts";
import { relativeTime } from "../times.ts";
import { outcomePill, toneOf } from "./outcome-pill.ts";
import { findVerdict } from "./verdict.ts";
import { why } from "./why.ts";

/** So many failing targets are listed at the top; all of them are in the table. */
const LISTED = 5;

/** The verdict on the host, and what is wrong with it. */
export function overviewSection(view: StatusView): Html {
  const { tone, text } = findVerdict(view);
  return html`<section class="verdict ${tone}" aria-label="Verdict">
    <p class="sentence"><span class="dot" aria-hidden="true"></span>${text}</p>
    ${fault(view)} ${troublesList(view)}
  </section>`;
}

function fault({ fault: found }: StatusView): Html | undefined {
  if (found === undefined) return undefined;
  const { reason, code, message } = found;
  return html`<p class="fault">
    ${reason}${code === "" ? undefined : html` <code>${code}</code>`}${
      message === "" ? undefined : html`: ${message}`
    }
  </p>`;
}

function troublesList({ targets, atSeconds }: StatusView): Html | undefined {
  const found = findTroubles(targets);
  if (found.length === 0) return undefined;
  const more = found.length - LISTED;
  return html`<ul class="troubles">
    ${found.slice(0, LISTED).map((one) => troubleItem(one, atSeconds))}
    ${more > 0 ? html`<li>and ${more} more, in the table of probes</li>` : undefined}
  </ul>`;
}

/** The same thing that befell a probe on one or several GPUs. */
interface Trouble {
  readonly probe: string;
  readonly gpus: readonly number[];
  /** The latest. */
  readonly last: LastRun;
}

function findTroubles(targets: readonly TargetStatus[]): readonly Trouble[] {
  const troubles = new Map<string, Trouble>();
  for (const { probe, device, last } of targets) {
    if (last === undefined || toneOf(last.outcome) !== "bad") continue;
    const key = JSON.stringify([probe, last.outcome, last.reason, last.phase, last.code]);
    const known = troubles.get(key);
    const gpus = [...(known?.gpus ?? []), ...(device === undefined ? [] : [device.gpu])];
    const isLater = known === undefined || last.atSeconds > known.last.atSeconds;
    troubles.set(key, { probe, gpus, last: isLater ? last : known.last });
  }
  return [...troubles.values()];
}

function troubleItem({ probe, gpus, last }: Trouble, nowSeconds: number): Html {
  const where = gpus.length === 0 ? "host" : `GPU ${gpus.join(", ")}`;
  return html`<li>
    <strong>${probe}</strong> on ${where} ${outcomePill(last.outcome)} ${why(last)}
    <span class="soft">${relativeTime(last.atSeconds, nowSeconds)}</span>
  </li>`;
}
