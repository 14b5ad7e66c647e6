import {
  CustomVariableBuilder,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableHide,
  VariableRefresh,
  VariableSort,
  type VariableModel,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import { DATASOURCE } from "./panel.ts";
import { onGpus, onHosts } from "./select.ts";

export type Variable = Builder<VariableModel>;

/** What every dashboard lets people choose. */
export function commonVariables(): readonly Variable[] {
  return [
    new DatasourceVariableBuilder("datasource")
      .label("Data source")
      .type("prometheus")
      .hide(VariableHide.DontHide),
    // All means those that there are, so that nobody else's `up` is taken for ours.
    choice("job", "Job", "label_values(cudaprobe_build_info, job)").multi(true).includeAll(true),
    choice("instance", "Instance", 'label_values(cudaprobe_build_info{job=~"$job"}, instance)')
      .multi(true)
      .includeAll(true)
      .allValue(".+"),
    choice("gpu", "GPU", `label_values(${onHosts("cudaprobe_gpu_up")}, gpu)`)
      .multi(true)
      .includeAll(true)
      .allValue(".*"),
    window(),
  ];
}

/** One probe of some kinds. */
export function probeVariable(family: string): Variable {
  return choice("probe", "Probe", `label_values(${onGpus(family)}, probe)`);
}

/** One size of what is passed on, in bytes; the largest first. */
export function sizeVariable(family: string): Variable {
  return choice("size", "Size in bytes", `label_values(${onGpus(family)}, size_bytes)`).sort(
    VariableSort.NumericalDesc,
  );
}

function choice(name: string, label: string, query: string): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource(DATASOURCE)
    .query({ query, refId: name })
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.NaturalAsc)
    .hide(VariableHide.DontHide);
}

/** Runs come every minute or every ten, so a window is as long as some of them. */
function window(): Variable {
  const lengths = ["1h", "6h", "1d"];
  return new CustomVariableBuilder("window")
    .label("Window")
    .values(lengths.join(","))
    .options(lengths.map((length) => option(length, length === "1h")))
    .current(option("1h", true))
    .allowCustomValue(true)
    .hide(VariableHide.DontHide);
}

function option(
  value: string,
  selected: boolean,
): { text: string; value: string; selected: boolean } {
  return { text: value, value, selected };
}
