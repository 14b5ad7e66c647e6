import type { Builder, Dataquery } from "@grafana/grafana-foundation-sdk/cog";
import type { DataSourceRef } from "@grafana/grafana-foundation-sdk/common";
import {
  MappingType,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type GridPos,
  type Panel,
  type ThresholdsConfig,
  type ValueMapping,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder, PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";

/** What every query asks: the Prometheus that is chosen at the top. */
export const DATASOURCE: DataSourceRef = { type: "prometheus", uid: "${datasource}" };

/** An expression, and what its series are called. */
export interface Query {
  readonly expr: string;
  readonly legend: string;
}

/** From each value on, a colour; the first step has no value and begins at the bottom. */
export type Steps = readonly (readonly [from: number | null, color: string])[];

/** What a figure that stands for a state is shown as. */
export type States = Readonly<Record<string, readonly [text: string, color: string]>>;

/** What all panels have. Widths are columns, of which there are 24. */
export interface Look {
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly height: number;
}

/** A panel without its place. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly build: (id: number, place: GridPos) => Panel;
}

/** What the builders of all kinds of panel have in common. */
interface PanelBuilder extends Builder<Panel> {
  title(title: string): this;
  description(description: string): this;
  datasource(datasource: DataSourceRef): this;
  id(id: number): this;
  gridPos(place: GridPos): this;
  withTarget(target: Builder<Dataquery>): this;
}

/** A drawing of a builder: title, place and id are set here, and its queries with ids of their own. */
export function draw(
  look: Look,
  queries: readonly DataqueryBuilder[],
  make: () => PanelBuilder,
): Drawing {
  const build = (id: number, place: GridPos): Panel => {
    const panel = make().id(id).gridPos(place).datasource(DATASOURCE);
    panel.title(look.title).description(look.description);
    for (const [index, query] of queries.entries()) panel.withTarget(query.refId(refId(index)));
    return panel.build();
  };
  return { width: look.width, height: look.height, build };
}

/** How Grafana calls the query at an index: A, B, C. */
export function refId(index: number): string {
  return String.fromCodePoint("A".charCodeAt(0) + index);
}

/** A query over the time that is shown. */
export function overTime({ expr, legend }: Query): DataqueryBuilder {
  return new DataqueryBuilder().datasource(DATASOURCE).expr(expr).legendFormat(legend).range();
}

/** A query at the end of the time that is shown. */
export function atItsEnd({ expr, legend }: Query): DataqueryBuilder {
  return new DataqueryBuilder().datasource(DATASOURCE).expr(expr).legendFormat(legend).instant();
}

/** A query at the end of the time that is shown, with a column a label. */
export function asRows(expr: string): DataqueryBuilder {
  return atItsEnd({ expr, legend: "" }).format(PromQueryFormat.Table);
}

export function thresholds(steps: Steps): Builder<ThresholdsConfig> {
  return new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps(steps.map(([value, color]) => ({ value, color })));
}

export function mappings(states: States): ValueMapping[] {
  const options = Object.entries(states).map(
    ([value, [text, color]], index) => [value, { text, color, index }] as const,
  );
  return [{ type: MappingType.ValueToText, options: Object.fromEntries(options) }];
}
