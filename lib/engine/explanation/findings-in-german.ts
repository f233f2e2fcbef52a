/**
 * What conditions found, as the log tells it in English (describe-leaf.ts), in German. A value may hold any words: only the fixed ones
 * around it are translated, and a sentence of another form stays as it is.
 */

/** Fixed words of what was asked, by the pattern that they stand in; the first that fits is taken. */
const ASKED: readonly (readonly [RegExp, string])[] = [
  [/^(\S+) is not known$/, '$1 ist nicht bekannt'],
  [/^(\S+) is known$/, '$1 ist bekannt'],
  [/^(\S+) is more than (.*) ago$/, '$1 ist mehr als $2 her'],
  [/^(\S+) is more than (.*)$/, '$1 ist mehr als $2'],
  [/^(\S+) is at least (.*)$/, '$1 ist mindestens $2'],
  [/^(\S+) is less than (.*)$/, '$1 ist weniger als $2'],
  [/^(\S+) is at most (.*)$/, '$1 ist höchstens $2'],
  [/^(\S+) is one of (.*)$/, '$1 ist eines von $2'],
  [/^(\S+) is none of (.*)$/, '$1 ist keines von $2'],
  [/^(\S+) contains (.*)$/, '$1 enthält $2'],
  [/^(\S+) starts with (.*)$/, '$1 beginnt mit $2'],
  [/^(\S+) ends with (.*)$/, '$1 endet mit $2'],
  [/^(\S+) is within the next (.*)$/, '$1 ist innerhalb der nächsten $2'],
  [/^(\S+) is within the last (.*)$/, '$1 ist innerhalb der letzten $2'],
  [/^(\S+) is within (\S+) km of (.*)$/, '$1 ist höchstens $2 km von $3 entfernt'],
  [/^(\S+) is before (.*)$/, '$1 ist vor $2'],
  [/^(\S+) is after (.*)$/, '$1 ist nach $2'],
  [/^(\S+) is not (.*)$/, '$1 ist nicht $2'],
  [/^(\S+) is (.*)$/, '$1 ist $2'],
  [/^in segment (.*) for (.*)$/, 'in der Gruppe $1 seit $2'],
  [/^in segment (.*)$/, 'in der Gruppe $1'],
  [/^in journey (.*)$/, 'in der Strecke $1'],
  [/^completed journey (.*)$/, 'Strecke $1 abgeschlossen'],
  [/^reachable by (\S+) about (.*)$/, 'erreichbar per $1 zu $2'],
  [/^reachable by (\S+)$/, 'erreichbar per $1'],
  [/^message (\S+) was (\S+) in (.*)$/, 'Nachricht $1 war $2 innerhalb von $3'],
  [/^message (\S+) was (.*)$/, 'Nachricht $1 war $2'],
  [/^step (\S+) was (.*)$/, 'Schritt $1 war $2'],
  [/^did (.*) at least (\d+) times/, '$1 mindestens $2-mal'],
  [/^did (.*) at most (\d+) times/, '$1 höchstens $2-mal'],
  [/^did (.*) exactly (\d+) times/, '$1 genau $2-mal'],
];

/** Fixed words of what was found. */
const FOUND: readonly (readonly [RegExp, string])[] = [
  [/^it is not known$/, 'es ist nicht bekannt'],
  [/^it is not in it$/, 'nicht darin'],
  [/^it is (.*)$/, 'es ist $1'],
  [/^it was (\d+) times/, 'es war $1-mal'],
  [/^it was (.*)$/, 'sie war $1'],
  [/^they add up to (.*)$/, 'zusammen $1'],
  [/^they are (.*) and (.*)$/, 'es sind $1 und $2'],
  [/^both are (.*)$/, 'beide sind $1'],
  [/^since (.*)$/, 'seit $1'],
  [/^nothing is known of one$/, 'von einer ist nichts bekannt'],
  [/^no consent$/, 'keine Einwilligung'],
  [/^no address$/, 'keine Adresse'],
  [/^suppressed$/, 'gesperrt'],
];

/** "price is at least 15: yes, it is 39" → "price ist mindestens 15: ja, es ist 39". */
export function findingInGerman(part: string): string {
  const parts = /^(.*?): (yes|no)(?:, (.*))?$/s.exec(part);
  if (parts === null) return part;
  const [, asked = '', answer, found] = parts;
  const said = `${translated(asked, ASKED)}: ${answer === 'yes' ? 'ja' : 'nein'}`;
  return found === undefined ? said : `${said}, ${translated(found, FOUND)}`;
}

function translated(text: string, patterns: readonly (readonly [RegExp, string])[]): string {
  const found = patterns.find(([pattern]) => pattern.test(text));
  return found === undefined ? text : text.replace(found[0], found[1]);
}
