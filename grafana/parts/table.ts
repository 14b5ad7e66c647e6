import { TableCellHeight } from "@grafana/grafana-foundation-sdk/common";
import type {
  DataTransformerConfig,
  DynamicConfigValue,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { PanelBuilder } from "@grafana/grafana-foundation-sdk/table";
import {
  asRows,
  draw,
  mappings,
  refId,
  thresholds,
  type Drawing,
  type Look,
  type States,
  type Steps,
} from "./panel.ts";

/** A label of the series, as a column. */
export interface LabelColumn {
  readonly label: string;
  readonly title: string;
  /** The label holds a number of this unit. */
  readonly unit?: string;
  /** Pixels; columns without share what is left. */
  readonly width?: number;
  /** Where a click leads. */
  readonly link?: string;
}

/** The values of an expression, as a column; all expressions of a table have the labels of its rows. */
export interface ValueColumn {
  readonly expr: string;
  readonly title: string;
  readonly unit: string;
  readonly decimals?: number;
  readonly steps?: Steps;
  readonly states?: States;
}

export interface TableLook extends Look {
  readonly labels: readonly LabelColumn[];
  readonly values: readonly ValueColumn[];
  /** The value says nothing where labels say all. */
  readonly hideValues?: boolean;
  readonly noValue: string;
}

/** A row for each set of labels, at the end of the time that is shown. */
export function table(look: TableLook): Drawing {
  const queries = look.values.map(({ expr }) => asRows(expr));
  return draw(look, queries, () => {
    const panel = new PanelBuilder()
      .unit("none")
      .noValue(look.noValue)
      .cellHeight(TableCellHeight.Sm)
      .minWidth(60);
    for (const transformation of arrange(look)) panel.withTransformation(transformation);
    // Units stand with their columns: a panel's unit would take labels such as a GPU's index for figures.
    for (const column of look.labels) panel.overrideByName(column.title, labelLook(column));
    for (const column of look.values) panel.overrideByName(column.title, valueLook(column));
    return panel;
  });
}

function arrange(look: TableLook): readonly DataTransformerConfig[] {
  const numbers = look.labels.filter(({ unit }) => unit !== undefined);
  const conversions = numbers.map(({ label }) => ({
    targetField: label,
    destinationType: "number",
  }));
  return [
    { id: "merge", options: {} },
    ...(conversions.length > 0 ? [{ id: "convertFieldType", options: { conversions } }] : []),
    { id: "organize", options: order(look) },
  ];
}

/** Which fields are shown, in which order and under which titles. */
function order({ labels, values, hideValues = false }: TableLook): object {
  const valueFields = values.map(({ title }, index) => ({
    field: values.length > 1 ? `Value #${refId(index)}` : "Value",
    title,
  }));
  const fields = [...labels.map(({ label, title }) => ({ field: label, title })), ...valueFields];
  const hidden = ["Time", ...(hideValues ? valueFields.map(({ field }) => field) : [])];
  const excludeByName: Record<string, boolean> = {};
  for (const field of hidden) excludeByName[field] = true;
  const indexByName: Record<string, number> = {};
  const renameByName: Record<string, string> = {};
  for (const [index, { field, title }] of fields.entries()) {
    indexByName[field] = index;
    renameByName[field] = title;
  }
  return { excludeByName, indexByName, renameByName };
}

/** What an empty table says would else stand in every empty cell. */
const EMPTY_CELL: DynamicConfigValue = { id: "noValue", value: "–" };

function labelLook({ title, unit = "string", width, link }: LabelColumn): DynamicConfigValue[] {
  return [
    EMPTY_CELL,
    { id: "unit", value: unit },
    ...(width === undefined ? [] : [{ id: "custom.width", value: width }]),
    { id: "custom.align", value: "left" },
    ...(link === undefined ? [] : [{ id: "links", value: [{ title, url: link }] }]),
  ];
}

function valueLook({ unit, decimals, steps, states }: ValueColumn): DynamicConfigValue[] {
  const isColored = steps !== undefined || states !== undefined;
  return [
    EMPTY_CELL,
    { id: "unit", value: unit },
    ...(decimals === undefined ? [] : [{ id: "decimals", value: decimals }]),
    { id: "custom.align", value: "right" },
    ...(isColored ? [{ id: "custom.cellOptions", value: { type: "color-text" } }] : []),
    ...(isColored
      ? [{ id: "thresholds", value: thresholds(steps ?? [[null, "text"]]).build() }]
      : []),
    ...(states === undefined ? [] : [{ id: "mappings", value: mappings(states) }]),
  ];
}
