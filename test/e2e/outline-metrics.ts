/** Their labels follow from what the Node process did, not from us. */
const OF_NODE = /^(nodejs|process)_/;

/** Every family of some expositions, a line each: its name, its type, and the names of its labels. */
export function outlineMetrics(texts: readonly string[]): string {
  const lines = texts.join("\n").split("\n");
  const families = lines.flatMap((line) => {
    const [, name, type] = /^# TYPE (\S+) (\S+)$/.exec(line) ?? [];
    return name === undefined || type === undefined ? [] : [{ name, type }];
  });
  const outlines = families.map(({ name, type }) =>
    [name, type, ...labelNames(name, lines)].join(" "),
  );
  return [...new Set(outlines)]
    .toSorted(compare)
    .map((line) => `${line}\n`)
    .join("");
}

/** In the order in which they stand; a histogram's own `le` is none of them. */
function labelNames(family: string, lines: readonly string[]): readonly string[] {
  if (OF_NODE.test(family)) return [];
  const series = new RegExp(`^${family}(_bucket|_sum|_count)?\\{(.*)\\} `);
  const names = lines.flatMap((line) => {
    const [, , labels = ""] = series.exec(line) ?? [];
    return [...labels.matchAll(/(\w+)="(?:[^"\\]|\\.)*"/g)].map(([, name = ""]) => name);
  });
  return [...new Set(names)].filter((name) => name !== "le");
}

function compare(left: string, right: string): number {
  return left < right ? -1 : 1;
}
