// Patterns that lines are looked for with: `"page failed"`, `?fault ?reason`, `ERROR -timeout`.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
import { ServiceError } from '../gateway/service-error.ts';

/** A word or a phrase in quotes; `?` makes it one of several, `-` one that must not be there. */
const TERM = /\s*(?<sign>[?-]?)(?:"(?<phrase>(?:[^"\\]|\\.)*)"|(?<word>[^\s"]+))/y;

/**
 * @returns whether a line is looked for: all terms are in it, capitals as they are, at least one of those with `?`, and none of those
 *   with `-`.
 * @throws ServiceError InvalidParameterException for what is no pattern, NotImplemented for those that read members of JSON, fields or
 *   regular expressions, and for `?` beside other terms, of which AWS advises against.
 */
export function parseFilterPattern(pattern: string): (message: string) => boolean {
  const text = pattern.trim();
  if (text === '') return () => true;
  if (/^[{[]/.test(text) || /(?:^|\s)%/.test(text))
    throw new ServiceError(
      'NotImplemented',
      `The local cloud has filter patterns of words and phrases only, and ${text} was asked for.`,
      501,
    );
  const terms: { readonly sign: string; readonly text: string }[] = [];
  TERM.lastIndex = 0;
  while (TERM.lastIndex < text.length) {
    const { sign = '', phrase, word = '' } = TERM.exec(text)?.groups ?? {};
    const term = phrase === undefined ? word : phrase.replaceAll(/\\(.)/g, '$1');
    if (term === '')
      throw new ServiceError('InvalidParameterException', `Invalid filter pattern: ${pattern}`);
    terms.push({ sign, text: term });
  }
  const of = (wanted: string) => terms.filter(({ sign }) => sign === wanted).map((term) => term.text);
  const [all, some, none] = [of(''), of('?'), of('-')];
  if (some.length > 0 && some.length < terms.length)
    throw new ServiceError(
      'NotImplemented',
      'The local cloud does not have filter patterns in which terms with ? stand beside others.',
      501,
    );
  return (message) =>
    all.every((term) => message.includes(term)) &&
    (some.length === 0 || some.some((term) => message.includes(term))) &&
    !none.some((term) => message.includes(term));
}
