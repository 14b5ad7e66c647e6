import { fail, ok, type Result } from "../base/result.ts";
import { WITHOUT_COMPILING } from "../base/without-compiling.ts";
import type { Kind } from "../probes/kind.ts";
import type { Config, ConfigProblem } from "./config.ts";
import { findMistakes } from "./mistakes.ts";
import { findProbeMistakes, makeProbe } from "./parse-probe.ts";
import { readPythons } from "./pythons.ts";
import { placeMistakes, placeProblems } from "./problem.ts";
import { probeSchema, type Sections, sectionsSchema, type ValidateSchedule } from "./schema.ts";
import { parseYaml } from "./syntax.ts";

/** A config's text, and what it may speak of. */
export interface ConfigSource {
  /** For messages only. */
  readonly file: string;
  readonly text: string;
  readonly kinds: readonly Kind[];
  readonly validateSchedule: ValidateSchedule;
}

/** Checks a whole config and fills in its defaults, or says all that is wrong with it, in the order of its lines. */
export function parseConfig(source: ConfigSource): Result<Config, readonly ConfigProblem[]> {
  const { file, text } = source;
  const yaml = parseYaml(text);
  if (!yaml.ok) return fail(placeProblems(file, yaml.error));
  const value = fillEmptySections(yaml.value.document.toJS());
  const sections = sectionsSchema(source.validateSchedule);
  const mistakes = [...findMistakes(sections, value), ...findProbeMistakes(value, source)];
  if (mistakes.length > 0) return fail(placeMistakes(file, yaml.value, mistakes));
  return ok(makeConfig(sections.parse(value, WITHOUT_COMPILING), source));
}

/** `gates:` with all of its keys commented out is an empty section, not a mistake. */
function fillEmptySections(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, section]: [string, unknown]) => [
      key,
      section === null && key !== "probes" ? {} : section,
    ]),
  );
}

function makeConfig(
  { probes, gates, limits, driver, frameworks }: Sections,
  source: ConfigSource,
): Config {
  const pythons = readPythons(frameworks.python);
  const common = probeSchema(source.validateSchedule);
  return {
    file: source.file,
    text: source.text,
    probes: probes.map((probe) => makeProbe(probe, { ...source, pythons, common })),
    gates: {
      minFreeMemoryBytes: gates.min_free_memory,
      maxGpuUtilization: gates.max_gpu_utilization,
      minFreeHostMemoryBytes: gates.min_free_host_memory,
      maxHostLoad: gates.max_host_load,
      quietHours: gates.quiet_hours,
      pauseFile: gates.pause_file,
    },
    limits: {
      processesPerDevice: limits.processes_per_device,
      history: limits.history,
      laneWaitSeconds: limits.lane_wait,
      dutyCycle: limits.duty_cycle,
      transferredBytesPerHour: limits.transferred_bytes_per_hour,
    },
    frameworks: { python: pythons },
    driver: {
      libcuda: driver.libcuda,
      libnvidiaMl: driver.libnvidia_ml,
      refreshSeconds: driver.refresh,
      timeoutSeconds: driver.timeout,
    },
  };
}
