/** An element of an SVG. */
export interface SvgElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly SvgElement[];
  /** The text in it and in all below it. */
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: SvgElement[];
  text: string;
}

const TOKEN = /<(\/?)([a-z]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|[^<]+|</g;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  "#39": "'",
};

/** Reads the XML that plots are made of; throws where it is not well-formed. */
export function readSvg(xml: string): SvgElement {
  const root: Open = { name: "", attributes: {}, children: [], text: "" };
  const stack = [root];
  for (const token of xml.trim().matchAll(TOKEN)) readToken(token, stack);
  const [only] = root.children;
  if (only === undefined || root.children.length > 1 || stack.length > 1) {
    throw new Error(`not one element: ${xml}`);
  }
  return only;
}

function readToken([token, slash, name, attributes = "", empty]: RegExpExecArray, stack: Open[]) {
  const top = stack.at(-1);
  if (top === undefined) throw new Error(`too many ends before ${token}`);
  if (name === undefined) top.text += readText(token);
  else if (slash === "/") close(name, stack);
  else {
    const element = { name, attributes: readAttributes(attributes), children: [], text: "" };
    if (empty === "/") top.children.push(element);
    else stack.push(element);
  }
}

function readText(token: string): string {
  if (token === "<") throw new Error("a stray <");
  return decode(token);
}

function close(name: string, stack: Open[]): void {
  const element = stack.pop();
  const parent = stack.at(-1);
  if (element?.name !== name || parent === undefined) throw new Error(`a stray </${name}>`);
  parent.children.push(element);
  parent.text += element.text;
}

function readAttributes(text: string): Readonly<Record<string, string>> {
  const pairs = [...text.matchAll(/([\w:-]+)="([^"]*)"/g)];
  const names = new Set(pairs.map(([, name]) => name));
  if (names.size !== pairs.length) throw new Error(`an attribute twice: ${text}`);
  return Object.fromEntries(pairs.map(([, name = "", value = ""]) => [name, decode(value)]));
}

function decode(text: string): string {
  return text.replaceAll(/&([^;]*);?/g, (_, name: string) => {
    const character = ENTITIES[name];
    if (character === undefined) throw new Error(`a stray & in ${text}`);
    return character;
  });
}

/** All elements of a class, in the order of the document. */
export function withClass(element: SvgElement, wanted: string): readonly SvgElement[] {
  const own = (element.attributes["class"] ?? "").split(" ").includes(wanted) ? [element] : [];
  return [...own, ...element.children.flatMap((child) => withClass(child, wanted))];
}
