/** All kinds of expectations. */
import { callsKind } from './calls.ts';
import { completesKind } from './completes.ts';
import { convertsKind } from './converts.ts';
import { defersKind } from './defers.ts';
import { emitsKind } from './emits.ts';
import { entersKind } from './enters.ts';
import { exitsKind } from './exits.ts';
import type { ExpectationKind } from './expectation-kind.ts';
import { holdsKind } from './holds.ts';
import { refusesKind } from './refuses.ts';
import { joinsKind, leavesKind } from './segments.ts';
import { sendsKind } from './sends.ts';
import { setsKind } from './sets.ts';
import { skipsKind } from './skips.ts';
import { takesKind } from './takes.ts';

/** In the order in which an editor offers them. */
export const EXPECTATION_KINDS: readonly ExpectationKind[] = [
  sendsKind,
  skipsKind,
  defersKind,
  entersKind,
  refusesKind,
  takesKind,
  exitsKind,
  completesKind,
  convertsKind,
  setsKind,
  emitsKind,
  callsKind,
  holdsKind,
  joinsKind,
  leavesKind,
];
