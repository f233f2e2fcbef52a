// What the command and its threads tell each other.
import type { Search } from '../../tests/laws/fault-injection/search.ts';

export interface ThreadInput {
  readonly from: number;
  readonly to: number;
}

export type ThreadMessage =
  | { readonly kind: 'played'; readonly schedules: number }
  | { readonly kind: 'done'; readonly search: Search };
