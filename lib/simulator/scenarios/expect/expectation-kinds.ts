/** All kinds of expectations. */
import { completesKind } from './completes.ts';
import { convertsKind } from './converts.ts';
import { defersKind } from './defers.ts';
import { entersKind } from './enters.ts';
import { exitsKind } from './exits.ts';
import type { ExpectationKind } from './expectation-kind.ts';
import { refusesKind } from './refuses.ts';
import { sendsKind } from './sends.ts';
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
];
