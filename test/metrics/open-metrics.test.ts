import { describe, expect, it } from "vitest";
import { toOpenMetrics } from "../../src/metrics/open-metrics.ts";

describe("OpenMetrics", () => {
  it("names a counter's family without _total, and its samples with it", () => {
    const text =
      "# HELP test_runs_total Runs.\n# TYPE test_runs_total counter\ntest_runs_total 3\n";
    expect(toOpenMetrics(text)).toBe(
      "# HELP test_runs Runs.\n# TYPE test_runs counter\ntest_runs_total 3\n",
    );
  });

  it("has a type for info", () => {
    expect(toOpenMetrics('# TYPE test_info gauge\ntest_info{a="b"} 1')).toBe(
      '# TYPE test info\ntest_info{a="b"} 1',
    );
  });

  it.each([
    ["test_duration_seconds", "gauge", "seconds"],
    ["test_seconds_total", "counter", "seconds"],
    ["test_memory_bytes", "gauge", "bytes"],
  ])("tells the unit of %s", (name, type, unit) => {
    const family = name.replace("_total", "");
    expect(toOpenMetrics(`# TYPE ${name} ${type}`)).toBe(
      `# TYPE ${family} ${type}\n# UNIT ${family} ${unit}`,
    );
  });

  it.each(["test_bytes_per_second", "test_ratio", "test_processes", "test_per_seconds"])(
    "does not make up a unit for %s",
    (name) => {
      expect(toOpenMetrics(`# TYPE ${name} gauge`)).toBe(`# TYPE ${name} gauge`);
    },
  );

  it("escapes quotes in a help text, which the text format has bare", () => {
    expect(toOpenMetrics('# HELP test_a The "a".')).toBe(String.raw`# HELP test_a The \"a\".`);
  });

  it.each([
    ["0.005", "0.005"],
    ["0.00001", "1e-05"],
    ["2.5e-7", "2.5e-07"],
    ["0.0001", "0.0001"],
    ["1", "1.0"],
    ["120", "120.0"],
    ["1000000", "1e+06"],
    ["+Inf", "+Inf"],
  ])("writes a bound of %s as %s", (bound, canonical) => {
    expect(toOpenMetrics(bucket(bound))).toBe(bucket(canonical));
  });

  it("leaves a label that is called le, but is no bound, as it is", () => {
    expect(toOpenMetrics('test_files{le="1"} 2')).toBe('test_files{le="1"} 2');
  });

  it("appends the exemplars of the buckets that have one", () => {
    const line = 'test_bucket{le="1",a="} 1"} 7';
    const exemplar = ' # {run_id="x"} 0.5 1';
    const find = (series: string): string | undefined =>
      series === 'test_bucket{le="1",a="} 1"}' ? exemplar : undefined;
    expect(toOpenMetrics(line, find)).toBe(`test_bucket{le="1.0",a="} 1"} 7${exemplar}`);
    expect(toOpenMetrics('test_bucket{le="2",a=""} 7', find)).not.toContain("#");
  });

  it("throws on what no exposition has", () => {
    expect(() => toOpenMetrics("# a comment")).toThrow("neither help nor a type");
  });
});

function bucket(bound: string): string {
  return `test_bucket{le="${bound}",a="1"} 7`;
}
