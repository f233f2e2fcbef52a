// A look at a text before it is parsed: how deep its brackets are nested. Parsers and schemas call themselves for each
// level, so a text that is nested without end would exhaust the call stack.

/** Deeper than any journey that a person can read: about fifty branches inside each other. */
export const MOST_LEVELS = 200;

const QUOTE = 34;
const BACKSLASH = 92;
const SLASH = 47;
const STAR = 42;
const NEWLINE = 10;

/** The offset of the first bracket that is nested deeper than `levels`; undefined where there is none. */
export function tooDeepAt(text: string, levels: number = MOST_LEVELS): number | undefined {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit === QUOTE) index = endOfString(text, index);
    else if (unit === SLASH) index = endOfComment(text, index);
    else if (unit === 123 || unit === 91) {
      depth += 1;
      if (depth > levels) return index;
    } else if (unit === 125 || unit === 93) depth -= 1;
  }
  return undefined;
}

/** Strings end with their line at the latest, as they do for the parser. */
function endOfString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit === BACKSLASH) index += 1;
    else if (unit === QUOTE || unit === NEWLINE) return index;
  }
  return text.length;
}

function endOfComment(text: string, start: number): number {
  const next = text.charCodeAt(start + 1);
  if (next !== SLASH && next !== STAR) return start;
  const end = next === SLASH ? text.indexOf('\n', start) : text.indexOf('*/', start + 2);
  if (end === -1) return text.length;
  return next === SLASH ? end : end + 1;
}
