/** What is wrong with a message, as a value with its place: the checks turn each into a diagnostic of the same code. */

/** Codes of the diagnostics registry; each has a documentation page. */
type MessageProblemCode =
  | 'message-unreadable'
  | 'message-unknown-file'
  | 'message-incomplete'
  | 'message-locale-missing'
  | 'message-mjml'
  | 'message-liquid'
  | 'message-unknown-variable'
  | 'message-sample'
  | 'message-no-default'
  | 'message-sms-long'
  | 'message-link'
  | 'message-too-large';

/** `file` is relative to the messages folder (`cart-reminder/email.mjml`); lines and columns count from 1. */
export interface MessageProblem {
  readonly code: MessageProblemCode;
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
  readonly hint: string;
}

export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** A text as its author wrote it, with the way back from a line of the text to the line of the file it came from. */
export interface SourceText {
  readonly text: string;
  /** `line` and `column` count from 1, within `text`. */
  readonly place: (line: number, column?: number) => Place;
}

/** A whole file, taken as it is. */
export function wholeFile(file: string, text: string): SourceText {
  return { text, place: (line, column) => ({ file, line, ...(column === undefined ? {} : { column }) }) };
}
