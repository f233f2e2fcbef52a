// Plain words for what the JSON parser stumbled over.
import { printParseErrorCode, type ParseError } from 'jsonc-parser';

const WORDS: Readonly<Record<string, string>> = {
  InvalidNumberFormat: 'a number is not complete',
  PropertyNameExpected: 'the name of a field in double quotes is expected here',
  ValueExpected: 'a value is expected here',
  ColonExpected: 'a colon is missing before this',
  CommaExpected: 'a comma is missing before this',
  CloseBraceExpected: 'a closing brace } is missing',
  CloseBracketExpected: 'a closing bracket ] is missing',
  EndOfFileExpected: 'the file should end here; there is text after the last closing brace',
  InvalidCommentToken: 'this comment is not allowed here',
  UnexpectedEndOfComment: 'the comment that begins here never ends',
  UnexpectedEndOfString: 'the closing quote of this text is missing',
  UnexpectedEndOfNumber: 'a number is not complete',
  InvalidUnicode: 'four hex digits are expected after \\u',
  InvalidEscapeCharacter: 'after a backslash only " \\ / b f n r t u are allowed',
  InvalidCharacter: 'a text may not contain a line break or control character; write \\n or \\t',
};

/** What is wrong at a syntax error, without a full stop. */
export function syntaxProblem(error: ParseError, text: string): string {
  const name = printParseErrorCode(error.error);
  if (name === 'InvalidSymbol') {
    const symbol = text.slice(error.offset, error.offset + Math.min(error.length, 30));
    return `${inQuotes(symbol)}"${visible(symbol)}" means nothing here`;
  }
  return WORDS[name] ?? 'this is not understood';
}

function inQuotes(symbol: string): string {
  if (symbol.startsWith("'")) return 'texts stand in double quotes, not in single ones: ';
  return /^[“”„«»‘’]/.test(symbol) ? 'texts stand in straight quotes ("), not in curly ones: ' : '';
}

/** Spaces that look like one but are none, and what cannot be seen at all, come in with text that is pasted: by their numbers. */
function visible(symbol: string): string {
  return symbol.replaceAll(/[\p{Z}\p{C}]/gu, (each) =>
    each === ' ' ? each : `U+${(each.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
}

/**
 * Whether an error only follows from the one before it: a text without its closing quote swallows the comma behind it, and what
 * is not closed anywhere else is missed at the end of the file.
 */
export function isConsequence(error: ParseError, before: ParseError | undefined, text: string): boolean {
  if (before === undefined) return false;
  if (printParseErrorCode(before.error) === 'UnexpectedEndOfComment') return true;
  const name = printParseErrorCode(error.error);
  if (name === 'CommaExpected') return printParseErrorCode(before.error) === 'UnexpectedEndOfString';
  const atEnd = text.slice(error.offset).replace(/[\s\]}]+/g, '') === '';
  return (name === 'CloseBracketExpected' || name === 'CloseBraceExpected') && atEnd;
}
