import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueJustifyMode,
  BigValueTextMode,
  ReduceDataOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import { FieldColorBuilder, FieldColorModeId } from "@grafana/grafana-foundation-sdk/dashboard";
import { PanelBuilder } from "@grafana/grafana-foundation-sdk/stat";
import {
  atItsEnd,
  draw,
  mappings,
  thresholds,
  type Drawing,
  type Look,
  type States,
  type Steps,
} from "./panel.ts";

export interface StatLook extends Look {
  readonly unit: string;
  readonly expr: string;
  readonly decimals?: number;
  readonly steps?: Steps;
  readonly states?: States;
  /** What is shown where there is no series: why, rather than a calm nothing. */
  readonly noValue: string;
}

/** One figure of now. A figure that stands for a state fills its panel with the state's colour. */
export function stat(look: StatLook): Drawing {
  return draw(look, [atItsEnd({ expr: look.expr, legend: look.title })], () => {
    const isState = look.states !== undefined;
    const panel = new PanelBuilder()
      .unit(look.unit)
      .noValue(look.noValue)
      .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
      .thresholds(thresholds(look.steps ?? [[null, "text"]]))
      .reduceOptions(new ReduceDataOptionsBuilder().calcs(["lastNotNull"]).values(false))
      .colorMode(isState ? BigValueColorMode.Background : BigValueColorMode.Value)
      .graphMode(BigValueGraphMode.None)
      .justifyMode(BigValueJustifyMode.Center)
      .textMode(BigValueTextMode.Value);
    if (look.decimals !== undefined) panel.decimals(look.decimals);
    if (look.states !== undefined) panel.mappings(mappings(look.states));
    return panel;
  });
}
