/** Text as roff has it: whatever stands in it, it is read as text, and a command can be copied from the page. */
export function escapeRoff(text: string): string {
  return text
    .replaceAll("\\", String.raw`\e`)
    .replaceAll("-", String.raw`\-`)
    .replaceAll("'", String.raw`\(aq`)
    .replaceAll("`", String.raw`\(ga`)
    .replaceAll("^", String.raw`\(ha`)
    .replaceAll("~", String.raw`\(ti`)
    .replaceAll(/\s+/g, " ")
    .replace(/^\./, String.raw`\&.`);
}

/** A heading of the first level. */
export function section(title: string): string {
  return `.SH ${quote(title)}`;
}

/** A heading of the second level. */
export function subsection(title: string): string {
  return `.SS ${quote(title)}`;
}

/** A paragraph of its own, with what stands in backticks in bold. */
export function paragraph(text: string): string {
  return `.PP\n${emphasize(text)}`;
}

/** A term with what is to say about it, indented. */
export function entry(term: string, text: string): string {
  return `.TP\n.B ${escapeRoff(term)}\n${emphasize(text)}`;
}

/** A line to type, as it is. */
export function code(line: string): string {
  return `.PP\n.RS 4\n.EX\n${escapeRoff(line)}\n.EE\n.RE`;
}

/** Lines of words that commands are called by. */
export function usages(lines: readonly string[]): string {
  return lines.map((line) => `.B ${escapeRoff(line)}`).join("\n.br\n");
}

/** A page of these blocks. A heading begins a paragraph by itself. */
export function joinBlocks(blocks: readonly string[]): string {
  return `${blocks.join("\n").replaceAll(/^(\.S[HS] .*\n)\.PP\n/gm, "$1")}\n`;
}

function emphasize(text: string): string {
  const parts = text.split("`");
  if (parts.length % 2 === 0) return escapeRoff(text);
  return parts
    .map((part, index) => (index % 2 === 0 ? escapePart(part) : `\\fB${escapePart(part)}\\fP`))
    .join("")
    .replace(/^\./, String.raw`\&.`);
}

function escapePart(text: string): string {
  return text === "" ? "" : escapeRoff(text);
}

function quote(title: string): string {
  return `"${escapeRoff(title).replaceAll('"', String.raw`\(dq`)}"`;
}
