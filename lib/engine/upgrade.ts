/**
 * Documents that an earlier engine has written. They are stored as they were until something is decided about their customer: an
 * upgrade alone is no reason to write.
 */
import type { Loop } from '#lib/contracts/step-calls.ts';
import type { CustomerDocument, Run } from './document.ts';

type Won = NonNullable<Run['won']>;

/** Schema 1: before there were segments, aggregates, and loops remembered with a wait that was won. */
export type EarlierDocument = Omit<CustomerDocument, 'schema' | 'segments' | 'aggregates' | 'runs'> & {
  readonly schema: 1;
  readonly runs: Readonly<Record<string, EarlierRun>>;
};

type EarlierRun = Omit<Run, 'won'> & { readonly won?: Omit<Won, 'loop'> | undefined };

/** The document in the form of today; the same object where it has that form already. */
export function upgraded(document: CustomerDocument | EarlierDocument): CustomerDocument {
  if (document.schema !== 1) return document;
  const runs = Object.entries(document.runs).map(([id, run]) => [id, upgradedRun(run)] as const);
  return { ...document, schema: 2, segments: {}, aggregates: {}, runs: Object.fromEntries(runs) };
}

function upgradedRun({ won, ...run }: EarlierRun): Run {
  return won === undefined ? run : { ...run, won: { ...won, loop: loopAt(run, won.visit) } };
}

/** Where the run was in its loops when it won: of the bounded jumps only how many there were together is known. */
function loopAt({ waiting, round }: Omit<Run, 'won'>, visit: number): Loop {
  const jumps = waiting?.visit === visit ? waiting.loop.jumps : {};
  return { visit, round: round ?? 0, jumps };
}
