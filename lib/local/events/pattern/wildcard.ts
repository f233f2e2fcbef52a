// `wildcard`: `*` stands for any characters, also none; `\*` and `\\` for the characters themselves.
import { InvalidPattern } from './invalid-pattern.ts';

/** Characters and stars, in order. */
export type Wildcard = readonly Token[];
type Token = { readonly character: string } | 'star';

/**
 * How many places of its wildcards a field's value may be at once while it is read. AWS counts them and says no number. Of what is known it
 * takes three of `*:stack/<name>/*`, which are nine places, and refuses `*:*:*:*:*:event-bus/*`, which is eleven, and four of the former.
 */
const MOST_PLACES = 9;

/** Beyond this the search for the worst value is given up. Patterns that AWS takes need some hundred. */
const MOST_VISITED = 20_000;

export function parseWildcard(text: string, place: string): Wildcard {
  const tokens: Token[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]!;
    if (character === '*') {
      if (text[index + 1] === '*')
        throw new InvalidPattern(place, `Consecutive wildcard characters at pos ${index}`);
      tokens.push('star');
    } else if (character === '\\') {
      index += 1;
      const escaped = text[index];
      if (escaped !== '*' && escaped !== '\\')
        throw new InvalidPattern(place, `Invalid escape character at pos ${index - 1}`);
      tokens.push({ character: escaped });
    } else tokens.push({ character });
  }
  return tokens;
}

/** Takes time in proportion to the value, but for patterns with long repetitions. */
export function wildcardMatches(wildcard: Wildcard, value: string): boolean {
  let token = 0;
  let at = 0;
  let lastStar = -1;
  let retryAt = 0;
  while (at < value.length) {
    const wanted = wildcard[token];
    if (wanted === 'star') {
      lastStar = token;
      retryAt = at;
      token += 1;
    } else if (wanted !== undefined && wanted.character === value[at]) {
      token += 1;
      at += 1;
    } else if (lastStar >= 0) {
      // The last star takes one character more. An earlier one need not: what it has passed by is found.
      token = lastStar + 1;
      retryAt += 1;
      at = retryAt;
    } else return false;
  }
  return wildcard.slice(token).every((rest) => rest === 'star');
}

/**
 * Refuses the wildcards of one field, if a value is thinkable that is at too many of their places at once while it is read.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-wildcard-matching-complexity
 */
export function checkComplexity(wildcards: readonly Wildcard[], place: string): void {
  if (wildcards.length === 0) return;
  const characters = new Set(
    wildcards.flatMap((one) => one.flatMap((token) => (token === 'star' ? [] : token.character))),
  );
  // `undefined`: any character of which the patterns do not speak.
  const alphabet: readonly (string | undefined)[] = [...characters, undefined];
  const start = wildcards.map((one) => withStars(one, [0]));
  const visited = new Set<string>([JSON.stringify(start)]);
  const waiting = [start];
  for (let places = waiting.pop(); places !== undefined; places = waiting.pop()) {
    if (places.flat().length > MOST_PLACES || visited.size > MOST_VISITED)
      throw new InvalidPattern(
        place,
        'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character',
      );
    for (const character of alphabet) {
      const next = wildcards.map((one, index) => withStars(one, after(one, places[index] ?? [], character)));
      const key = JSON.stringify(next);
      if (visited.has(key)) continue;
      visited.add(key);
      waiting.push(next);
    }
  }
}

/** A place is the number of tokens before it. A star is passed at once, and also stayed at: two places. */
function withStars(wildcard: Wildcard, places: readonly number[]): readonly number[] {
  const all = new Set(places);
  for (const one of places) if (wildcard[one] === 'star') all.add(one + 1);
  return [...all].toSorted((a, b) => a - b);
}

function after(wildcard: Wildcard, places: readonly number[], character: string | undefined): number[] {
  return places.flatMap((one) => {
    const token = wildcard[one];
    const moved = typeof token === 'object' && token.character === character ? [one + 1] : [];
    // Behind a star: it takes this character too.
    return wildcard[one - 1] === 'star' ? [one, ...moved] : moved;
  });
}
