import { allDashboards } from "../../grafana/all-dashboards.ts";

/** A query of a panel, as a dashboard's JSON has it. */
export interface Target {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat: string;
}

/** What the tests look at of a panel's JSON. */
export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: {
    readonly x: number;
    readonly y: number;
    readonly w: number;
    readonly h: number;
  };
  readonly targets?: readonly Target[];
  readonly options?: { readonly legend?: { readonly showLegend?: boolean } };
  readonly fieldConfig?: {
    readonly defaults: { readonly unit?: string };
    readonly overrides: readonly {
      readonly matcher: { readonly options: string };
      readonly properties: readonly { readonly id: string; readonly value: unknown }[];
    }[];
  };
}

/** What the tests look at of a dashboard's JSON. */
export interface DashboardJson {
  readonly uid: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string }[] };
  readonly annotations: {
    readonly list: readonly {
      readonly name: string;
      readonly expr?: string;
      readonly placement?: string;
    }[];
  };
}

/** The dashboards by the names of their files, read back as Grafana reads them. */
export const DASHBOARDS: readonly (readonly [name: string, json: DashboardJson])[] =
  allDashboards().map(({ name, dashboard }) => {
    const json: DashboardJson = JSON.parse(JSON.stringify(dashboard));
    return [name, json];
  });

/** The panels of a dashboard that show something, and so no headings. */
export function panelsOf(dashboard: DashboardJson): readonly Panel[] {
  return dashboard.panels.filter(({ type }) => type !== "row");
}

/** Puts values in the place of Grafana's variables, as Grafana does; the job is ours. */
export function fillIn(expression: string, values: Readonly<Record<string, string>>): string {
  return Object.entries({ job: "cudaprobe", ...values }).reduce(
    (text, [name, value]) => text.replaceAll(`$${name}`, value),
    expression,
  );
}

/** A panel of one of the dashboards. */
export function findPanel(file: string, title: string): Panel {
  const [, dashboard] = DASHBOARDS.find(([name]) => name === file) ?? [];
  const panel = dashboard && panelsOf(dashboard).find((candidate) => candidate.title === title);
  if (panel === undefined) throw new Error(`${file} has no panel "${title}"`);
  return panel;
}
