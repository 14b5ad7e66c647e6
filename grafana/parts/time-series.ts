import {
  GraphDrawStyle,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import { FieldColorBuilder, FieldColorModeId } from "@grafana/grafana-foundation-sdk/dashboard";
import { PanelBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import {
  draw,
  overTime,
  thresholds,
  type Drawing,
  type Look,
  type Query,
  type Steps,
} from "./panel.ts";

export interface TimeSeriesLook extends Look {
  readonly unit: string;
  readonly queries: readonly Query[];
  /** Means and sums alone may be stacked. */
  readonly stacked?: boolean;
  /** For what happens now and then. */
  readonly bars?: boolean;
  /** Lines at which a figure means something. */
  readonly limits?: Steps;
  readonly minimum?: number;
  readonly maximum?: number;
  /** What an empty panel says, where that has a reason. */
  readonly noValue?: string;
}

/** Lines or bars over time, with a legend, which the SDK leaves out by itself. */
export function timeSeries(look: TimeSeriesLook): Drawing {
  return draw(look, look.queries.map(overTime), () => {
    const panel = new PanelBuilder()
      .unit(look.unit)
      .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassic))
      .legend(legend())
      .tooltip(
        new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending),
      )
      .lineWidth(look.stacked === true ? 0 : 2)
      .fillOpacity(look.stacked === true ? 70 : 0)
      .showPoints(VisibilityMode.Never)
      .spanNulls(false);
    if (look.stacked === true) panel.stacking(stacking());
    if (look.bars === true) panel.drawStyle(GraphDrawStyle.Bars);
    if (look.minimum !== undefined) panel.min(look.minimum);
    if (look.maximum !== undefined) panel.max(look.maximum);
    if (look.noValue !== undefined) panel.noValue(look.noValue);
    if (look.limits !== undefined) addLimits(panel, look.limits);
    return panel;
  });
}

function legend(): VizLegendOptionsBuilder {
  return new VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(LegendDisplayMode.List)
    .placement(LegendPlacement.Bottom)
    .calcs([]);
}

function stacking(): StackingConfigBuilder {
  return new StackingConfigBuilder().mode(StackingMode.Normal).group("A");
}

function addLimits(panel: PanelBuilder, limits: Steps): void {
  const style = new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed);
  panel.thresholds(thresholds([[null, "transparent"], ...limits])).thresholdsStyle(style);
  const [highest] = limits.map(([value]) => value ?? 0).toSorted((one, other) => other - one);
  if (highest !== undefined) panel.axisSoftMax(highest);
}
