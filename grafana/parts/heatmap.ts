import {
  HeatmapColorMode,
  HeatmapColorOptionsBuilder,
  PanelBuilder,
  YAxisConfigBuilder,
} from "@grafana/grafana-foundation-sdk/heatmap";
import { PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";
import { draw, overTime, type Drawing, type Look } from "./panel.ts";

export interface HeatmapLook extends Look {
  /** The unit of the buckets' edges. */
  readonly unit: string;
  /** Gives a series a bucket, told apart by `le`. */
  readonly expr: string;
  readonly noValue?: string;
}

/** How often each bucket of a histogram was met, over time. */
export function heatmap(look: HeatmapLook): Drawing {
  const query = overTime({ expr: look.expr, legend: "{{le}}" }).format(PromQueryFormat.Heatmap);
  return draw(look, [query], () => {
    const colors = new HeatmapColorOptionsBuilder().mode(HeatmapColorMode.Scheme).scheme("Oranges");
    const panel = new PanelBuilder()
      .unit("short")
      .calculate(false)
      .color(colors.exponent(0.5).steps(64))
      .yAxis(new YAxisConfigBuilder().unit(look.unit))
      .cellGap(1)
      .showLegend()
      // More columns than runs would be mostly empty.
      .maxDataPoints(60);
    if (look.noValue !== undefined) panel.noValue(look.noValue);
    return panel;
  });
}
