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
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { fault: nameOf(error), at: frames.slice(0, MOST_FRAMES).map((frame) => frame.trim()) };
}

/** Errors of clients and of the language are named by words; anything else may be a value. */
export function nameOf(error: unknown): string {
  return error instanceof Error && /^[A-Za-z][A-Za-z0-9._]{0,99}$/.test(error.name) ? error.name : 'Unknown';
}
