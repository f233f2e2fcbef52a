// Exits that nobody takes: by the very event that is the goal, which is decided first and ends the run, and those behind an earlier one
// that takes everybody.
import { finding } from '../diagnostics.ts';
import type { Check, JourneyContext } from './journey-context.ts';

type Exit = JourneyContext['journey']['exit'][number];

export const exitsNeverTaken: Check = function* exitsNeverTaken({ journey: { goal, exit }, whole }) {
  // What could not be read may say otherwise.
  if (!whole) return;
  for (const [index, one] of exit.entries()) {
    const [kind, name] = whatOf(one);
    if (name === undefined) continue;
    const path = ['exit', index, kind];
    // With "within" the goal counts for a time only.
    const isEnd = goal !== undefined && goal.ends !== false && goal.within === undefined;
    if (isEnd && kind === 'event' && goal.event === name && takesAll(goal, one))
      yield finding('exit-never-taken', path, { name, by: 'goal' });
    else if (exit.slice(0, index).some((before) => isSame(before, one) && takesAll(before, one)))
      yield finding('exit-never-taken', path, { name, by: 'exit' });
  }
};

function isSame(before: Exit, exit: Exit): boolean {
  const [kind, name] = whatOf(exit);
  const [kindBefore, nameBefore] = whatOf(before);
  return kind === kindBefore && name === nameBefore;
}

/** By what it is: an event, or entering or leaving a segment. Nothing for a condition. */
function whatOf(exit: Exit): readonly ['event' | 'enters' | 'leaves' | 'when', string | undefined] {
  if ('event' in exit) return ['event', exit.event];
  if ('enters' in exit) return ['enters', exit.enters];
  return 'leaves' in exit ? ['leaves', exit.leaves] : ['when', undefined];
}

/** Whatever fulfils the later one's condition fulfils that of the one before, as far as it is plain to see. */
function takesAll(before: object, later: object): boolean {
  const [first, second] = [before, later].map((one) => ('where' in one ? one.where : undefined));
  return first === undefined || JSON.stringify(first) === JSON.stringify(second);
}
