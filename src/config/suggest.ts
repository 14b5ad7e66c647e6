/** No key is as long, and comparing takes as long as the words are. */
const LONGEST = 100;

/** The candidate that somebody who wrote `word` probably meant, or undefined when none is close. */
export function suggest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > LONGEST) return undefined;
  const wanted = simplify(word);
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: countEdits(wanted, simplify(candidate)) }))
    .toSorted((left, right) => left.distance - right.distance);
  const [best] = ranked;
  const tolerated = Math.ceil(wanted.length / 3);
  return best !== undefined && best.distance <= tolerated ? best.candidate : undefined;
}

/** `minFreeMemory` and `min-free-memory` are `min_free_memory`, spelt by other customs. */
function simplify(word: string): string {
  return word.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

/** Letters to add, remove or replace to make one word the other (Levenshtein's distance). */
function countEdits(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [row, letter] of from.split("").entries()) {
    const current = [row + 1];
    for (const [column, other] of to.split("").entries()) {
      const replaced = at(previous, column) + (letter === other ? 0 : 1);
      current.push(Math.min(at(previous, column + 1) + 1, at(current, column) + 1, replaced));
    }
    previous = current;
  }
  return at(previous, to.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
