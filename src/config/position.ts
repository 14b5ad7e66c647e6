import { isMap, isScalar, isSeq, type Node } from "yaml";
import type { Place } from "./line-places.ts";
import type { YamlText } from "./syntax.ts";

/** Keys and list indices that lead to a value. */
export type Path = readonly (string | number)[];

/** Where the key or list entry at `path` stands, or what should hold it when it is missing. Counts from 1. */
export function locate(yaml: YamlText, path: Path): Place {
  const { contents } = yaml.document;
  let node: unknown = contents;
  let offset = contents?.range?.[0] ?? 0;
  for (const step of path) {
    const entry = findEntry(node, step);
    if (entry === undefined) break;
    offset = entry.offset;
    node = entry.value;
  }
  return yaml.placeOf(offset);
}

/** `probes[1].schedule` */
export function formatPath(path: Path): string {
  const text = path.map((step) => (typeof step === "number" ? `[${String(step)}]` : `.${step}`));
  return text.join("").replace(/^\./, "");
}

function findEntry(
  node: unknown,
  step: string | number,
): { readonly offset: number; readonly value: unknown } | undefined {
  if (isSeq<Node>(node) && typeof step === "number") {
    const item = node.items[step];
    return item?.range ? { offset: item.range[0], value: item } : undefined;
  }
  if (!isMap<Node, Node>(node)) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step);
  return pair?.key.range ? { offset: pair.key.range[0], value: pair.value } : undefined;
}
