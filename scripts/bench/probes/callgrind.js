// @ts-check

/**
 * What callgrind counted from where it was told to begin to where it was told to write.
 * @typedef {object} Profile
 * @property {number} instructions
 * @property {ReadonlyMap<string, number>} byObject instructions of each file that code was loaded from, without those that it called
 */

/**
 * Reads a file of callgrind's with full names (`--compress-strings=no`) and one kind of event. After `calls=` comes what the
 * callee took, which is counted where it was spent.
 * @param {string} text
 * @returns {Profile}
 */
export function parseProfile(text) {
  /** @type {Map<string, number>} */
  const byObject = new Map();
  let object = "";
  let isCallees = false;
  for (const line of text.split("\n")) {
    const [, file] = /^ob=(.*)$/.exec(line) ?? [];
    const [, cost] = /^[+*-]?\d* (\d+)$/.exec(line) ?? [];
    if (file !== undefined) object = file;
    else if (cost !== undefined && !isCallees)
      byObject.set(object, (byObject.get(object) ?? 0) + Number(cost));
    isCallees = line.startsWith("calls=");
  }
  const [, total] = /^(?:totals|summary): (\d+)$/m.exec(text) ?? [];
  if (total === undefined) throw new Error("it is no profile of callgrind's");
  return { instructions: Number(total), byObject };
}
