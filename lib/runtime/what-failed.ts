/** What may be told of an error: its name and where it was thrown, never its message, which may hold a customer's values. */
import { DecisionLeaves, Fault } from '#lib/contracts/faults.ts';

/** What logs hold of an error. */
export interface WhatFailed {
  readonly fault: string;
  /** Of our own faults, whose messages hold no values. */
  readonly reason?: string;
  /** Of all others: the frames of the stack, innermost first. */
  readonly at?: readonly string[];
}

/** Frames enough to find the place; the rest are those of the platform. */
const MOST_FRAMES = 8;

export function whatFailed(error: unknown): WhatFailed {
  if (error instanceof Fault) return { fault: error.name, reason: error.message };
  if (error instanceof DecisionLeaves) return { fault: error.name };
  if (!(error instanceof Error)) return { fault: 'Unknown' };
  return { fault: nameOf(error), at: framesOf(error).slice(0, MOST_FRAMES) };
}

/** A frame that names a place: a file or a part of the platform, line and column. */
const FRAME = /^ {4}at (?:async )?(?:[^(]* \()?(?:file:|node:|\/)\S*:\d+:\d+\)?$/;

/**
 * The places in a stack, innermost first. A stack begins with the message, and a message may have lines that look like frames: JSON's
 * quotes what it was given, with its line breaks. So the message is cut out first.
 */
export function framesOf({ message, stack = '' }: Error): readonly string[] {
  const rest = message === '' ? stack : stack.replace(message, () => '');
  return rest.split('\n').flatMap((line) => (FRAME.test(line) ? [line.trim()] : []));
}

/** Errors of clients and of the language are named by words; anything else may be a value. */
export function nameOf(error: unknown): string {
  return error instanceof Error && /^[A-Za-z][A-Za-z0-9._]{0,99}$/.test(error.name) ? error.name : 'Unknown';
}
