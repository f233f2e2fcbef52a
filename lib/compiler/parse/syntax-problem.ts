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
    return `${symbol.startsWith("'") ? 'texts stand in double quotes, not in single ones: ' : ''}"${symbol}" means nothing here`;
  }
  return WORDS[name] ?? 'this is not understood';
}

/**
 * Whether an error only follows from the one before it: a text without its closing quote swallows the comma behind it, and what
 * is not closed anywhere else is missed at the end of the file.
 */
export function isConsequence(error: ParseError, before: ParseError | undefined, text: string): boolean {
  if (before === undefined) return false;
  const name = printParseErrorCode(error.error);
  if (name === 'CommaExpected') return printParseErrorCode(before.error) === 'UnexpectedEndOfString';
  const atEnd = text.slice(error.offset).replace(/[\s\]}]+/g, '') === '';
  return (name === 'CloseBracketExpected' || name === 'CloseBraceExpected') && atEnd;
}
