import { describe, expect, it } from "vitest";
import { probeContext } from "../support/probe-context.ts";
import { parse, problems } from "./fixtures.ts";

const SCHEDULE = 'schedule: "0 * * * *"';

/** A probe of PyTorch with these keys, in the lines 2 to 6, and the rest of the file. */
function torch(keys: string, rest = ""): string {
  return `probes:\n  - name: torch\n    kind: cold_start\n    runtime: torch\n    ${SCHEDULE}\n${keys}${rest}`;
}

function interpreterOf(text: string): string | undefined {
  const [first] = parse(text).probes;
  return first?.measurement.needs?.(probeContext()).file;
}

describe("frameworks.python", () => {
  const NAMED = "frameworks:\n  python:\n    torch29: /opt/venv/bin/python\n";

  it("has a default without a word of it, and beside others", () => {
    expect(parse("probes: []").frameworks.python).toEqual({ default: "python3" });
    expect(parse(`probes: []\n${NAMED}`).frameworks.python).toEqual({
      default: "python3",
      torch29: "/opt/venv/bin/python",
    });
  });

  it("gives probes their interpreter by its name", () => {
    expect(interpreterOf(torch("    python: torch29\n", NAMED))).toBe("/opt/venv/bin/python");
    expect(interpreterOf(torch("", NAMED))).toBe("python3");
    const other = "frameworks: { python: { default: /usr/bin/python3.12 } }\n";
    expect(interpreterOf(torch("", other))).toBe("/usr/bin/python3.12");
  });

  it("is not asked for an interpreter that is named by its path", () => {
    expect(interpreterOf(torch("    python: /opt/python\n"))).toBe("/opt/python");
  });

  it("refuses a name that it does not have, with its line and those that there are", () => {
    expect(problems(torch("    python: torch28\n", NAMED))).toEqual([
      'cudaprobe.yml:6:5: probes[0].python: unknown interpreter "torch28"; did you mean torch29? allowed: default, torch29 (the names of frameworks.python), or an absolute path',
    ]);
  });

  it.each([
    ["python: { Torch: /opt/python }", "frameworks.python.Torch: a name is lower-case"],
    ["python: { torch: opt/python }", "frameworks.python.torch: must be an absolute path"],
    ["python: { torch: 3 }", "frameworks.python.torch: 3 is not allowed: must be text"],
    ["pythons: {}", 'frameworks.pythons: unknown key "pythons"; did you mean python?'],
  ])("refuses %s", (section, said) => {
    const [problem] = problems(`probes: []\nframeworks: { ${section} }\n`);
    expect(problem).toContain(said);
  });
});

/** A probe of what these keys say, in the lines from 5 on. */
function probe(keys: string): string {
  return `probes:\n  - name: engine\n    kind: cold_start\n    ${SCHEDULE}\n${keys}`;
}

describe("a probe's runtime", () => {
  it("has its own default timeout, which a probe may change", () => {
    const timeouts = ["driver", "cudart", "torch", "jax", "tensorflow"].map(
      (runtime) => parse(probe(`    runtime: ${runtime}\n`)).probes[0]?.timeoutSeconds,
    );
    expect(timeouts).toEqual([30, 30, 120, 120, 120]);
    const changed = parse(probe("    runtime: torch\n    timeout: 45s\n"));
    expect(changed.probes[0]?.timeoutSeconds).toBe(45);
  });

  it("is a command with a program and phases", () => {
    const keys =
      "    runtime: command\n    argv: [/opt/engine, --fast]\n    phases: [load, answer]\n";
    const measurement = parse(probe(keys)).probes[0]?.measurement;
    expect(measurement?.phases).toEqual(["spawn", "load", "answer", "exit"]);
    expect(measurement?.file?.(probeContext())).toBe("/opt/engine");
    expect(measurement?.args(probeContext())).toEqual(["--fast"]);
  });

  it("refuses a command without a program or without phases, with the line of its probe", () => {
    expect(problems(probe("    runtime: command\n"))).toEqual([
      "cudaprobe.yml:2:5: probes[0].argv: is required with runtime: command",
      "cudaprobe.yml:2:5: probes[0].phases: is required with runtime: command",
    ]);
  });

  it.each([
    ["runtime: torch\n    argv: [/opt/engine]", "6:5: probes[0].argv: is for runtime: command"],
    ["phases: [load]", "5:5: probes[0].phases: is for runtime: command, not for driver"],
    ["runtime: cudart\n    bytes: 6B", "6:5: probes[0].bytes: must be a multiple of 4 bytes"],
    ["argv: 7", "5:5: probes[0].argv: must be a list of text"],
    ["runtime: pytorch", '5:5: probes[0].runtime: unknown value "pytorch"; did you mean torch?'],
  ])("refuses %j", (keys, said) => {
    expect(problems(probe(`    ${keys}\n`))[0]).toContain(`cudaprobe.yml:${said}`);
  });

  it.each([
    ["[opt/engine]", "[load]", "opt/engine is no absolute path"],
    ["[/opt/engine]", "[Load]", '"Load" is no name of a phase'],
    ["[/opt/engine]", "[spawn, load]", "spawn is every program's: leave it out"],
    ["[/opt/engine]", "[load, load]", "load is in the list twice"],
  ])("refuses a command with argv %s and phases %s", (argv, phases, said) => {
    const keys = `    runtime: command\n    argv: ${argv}\n    phases: ${phases}\n`;
    expect(problems(probe(keys))).toEqual([expect.stringContaining(said)]);
  });
});
