/** What a condition is looked at with: also at instants to come, to learn when time alone will change its answer. */
import type { Deciding } from '../deciding.ts';

export type Sight = Pick<Deciding, 'document' | 'workspace' | 'now'>;
