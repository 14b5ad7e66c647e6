import {
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  RowBuilder,
  type Dashboard,
  type DashboardLink,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import { commonAnnotations } from "./annotations.ts";
import type { Drawing } from "./panel.ts";
import { commonVariables, type Variable } from "./variables.ts";

const COLUMNS = 24;
const TAG = "cudaprobe";

/** Panels from left to right under a heading; those at the top have none. */
export interface Section {
  readonly title?: string;
  readonly drawings: readonly Drawing[];
}

export interface DashboardPlan {
  /** Never changes: links and bookmarks hold it. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  /** A regular expression: the alerts that are about what is shown. */
  readonly alerts: string;
  readonly variables?: readonly Variable[];
  readonly sections: readonly Section[];
}

/** A whole dashboard: what all have in common, and its panels in their places. */
export function dashboard(plan: DashboardPlan): Dashboard {
  const builder = new DashboardBuilder(plan.title)
    .uid(plan.uid)
    .description(plan.description)
    .tags([TAG])
    .time({ from: "now-24h", to: "now" })
    .refresh("1m")
    .timezone("browser")
    .tooltip(DashboardCursorSync.Crosshair)
    .readonly()
    .variables([...commonVariables(), ...(plan.variables ?? [])])
    .annotations(commonAnnotations(plan.alerts))
    .links([linkToAll()]);
  place(builder, plan.sections);
  return builder.build();
}

/** The SDK gives panels no ids, and rows all the same; links to panels need them. */
function place(builder: DashboardBuilder, sections: readonly Section[]): void {
  let id = 1;
  let y = 0;
  for (const { title, drawings } of sections) {
    if (title !== undefined) {
      builder.withRow(new RowBuilder(title).id(id).gridPos({ x: 0, y, w: COLUMNS, h: 1 }));
      id += 1;
      y += 1;
    }
    let x = 0;
    let height = 0;
    for (const drawing of drawings) {
      if (x + drawing.width > COLUMNS) {
        x = 0;
        y += height;
        height = 0;
      }
      const panel = drawing.build(id, { x, y, w: drawing.width, h: drawing.height });
      builder.withPanel({ build: () => panel });
      id += 1;
      x += drawing.width;
      height = Math.max(height, drawing.height);
    }
    y += height;
  }
}

function linkToAll(): Builder<DashboardLink> {
  const { placement: _, ...link } = new DashboardLinkBuilder("cudaprobe")
    .type(DashboardLinkType.Dashboards)
    .tags([TAG])
    .asDropdown(false)
    .includeVars(true)
    .keepTime(true)
    .build();
  return { build: () => link };
}
