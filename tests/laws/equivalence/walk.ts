// A journey walked by hand, as the language page tells it: which steps a customer takes, and when, by the steps as they are
// written and the calls that are told. It knows nothing of graphs, plans, states and documents.
import { dateOf, endOfLength, nextTime, onAllowedDay, quietUntil } from './calendar.ts';
import { answerOf, type Told } from './histories.ts';
import type { Condition, Step, WrittenDate, WrittenJourney } from './steps.ts';
import { armsOf, enteredRun, fits, leavesAt, reckon, stepEnded, timeOut, wholeSecond } from './walked-run.ts';
import type { Heard, Rest, Run, Wait, WaitFor } from './walked-run.ts';

export interface WalkOptions {
  readonly journey: WrittenJourney;
  readonly told: readonly Told[];
  /** The arm of every split, by step: that draws are stable and even is shown elsewhere. */
  readonly arms: ReadonlyMap<string, string>;
  /** Milliseconds by which the wait of a step ends later, in the run that the call of this id has let in. */
  readonly spread: (step: string, entry: string, most: number) => number;
}

/** What happens, in order: `<instant> <what> <step> <way>`. */
export function walk({ journey, told, arms, spread }: WalkOptions): string[] {
  const lines: string[] = [];
  const steps = new Map<string, Step>();
  const followers = new Map<Step, Step | undefined>();
  const link = (list: readonly Step[], after: Step | undefined): void => {
    for (const [index, step] of list.entries()) {
      const follower = list[index + 1] ?? after;
      followers.set(step, follower);
      if ('id' in step) steps.set(step.id, step);
      for (const arm of armsOf(step)) link(arm, follower);
    }
  };
  link(journey.steps, undefined);
  link(journey.goal?.then ?? [], undefined);

  const traits = new Map<string, { readonly value: unknown; readonly at: number }>();
  const ids = new Set<string>();
  const ended: { readonly entered: number; open: boolean }[] = [];
  const emitted: Heard[] = [];
  let run: Run | undefined;
  let entryId = '';
  let hasEntered = false;
  let visits = 0;
  /** What the customer does once the call is decided. */
  let afterwards: (() => void) | undefined;

  const say = (now: number, ...words: readonly (string | undefined)[]): void => {
    lines.push([new Date(now).toISOString(), ...words.filter((word) => word !== undefined)].join(' '));
  };
  const trait = (name: string): unknown => traits.get(name)?.value;
  const end = (now: number, one: Run, ...words: readonly string[]): void => {
    say(now, ...words);
    ended.push({ entered: one.entered, open: !one.converted });
    run = undefined;
  };

  const holds = (condition: Condition, one: Run): boolean =>
    Object.entries(condition).every(([field, wanted]) => {
      const value = read(field, one);
      if (typeof wanted === 'object') return typeof value === 'number' && value >= wanted.gte;
      return value === wanted;
    });
  const read = (field: string, one: Run): unknown => {
    const [root, name = '', inner = ''] = field.split('.');
    if (root === 'profile') return trait(name);
    if (root === 'entry') return one.entry[name];
    if (root === 'run') return one.round;
    return one.saved.get(name)?.[inner];
  };

  const moment = ({ date, offset, at }: WrittenDate, one: Run): number | undefined =>
    dateOf(/^(profile|entry|saved)\./.test(date) ? read(date, one) : date, offset, at);

  /** The wait's date is past: where the run goes on; undefined where it just does. */
  const goPast = (one: Run, step: Wait, date: number | undefined, now: number): boolean => {
    if (step.ifPast === 'exit') {
      end(now, one, 'exits', date === undefined ? 'no date' : 'past');
      return true;
    }
    if (typeof step.ifPast !== 'object') return false;
    say(now, 'takes', step.id, 'the date is past');
    stepEnded(one, now);
    go(one, steps.get(step.ifPast.goto), now);
    return true;
  };

  const rests = (one: Run, rest: Rest, now: number): void => {
    one.rest = rest;
    if (rest.leaves <= now) wake(one, now);
  };

  const enterWait = (one: Run, step: Wait, now: number): void => {
    const { until } = step;
    const passed = step.for === undefined ? now : endOfLength(step.for, now);
    if (typeof until === 'object') {
      const date = moment(until, one);
      const { ends, past } = reckon(date, passed, now);
      if (past && goPast(one, step, date, now)) return;
      rests(one, { kind: 'wait', step, reached: now, date, leaves: leavesAt(step, ends, past, now) }, now);
      return;
    }
    let ends = passed;
    if (until !== undefined) ends = nextTime(until, passed, step.for !== undefined, step.on);
    else if (step.on !== undefined) ends = onAllowedDay(passed, step.on);
    if (step.spread !== undefined) ends += spread(step.id, entryId, endOfLength(step.spread, ends) - ends);
    rests(one, { kind: 'wait', step, reached: now, date: undefined, leaves: wholeSecond(ends) }, now);
  };

  const enterWaitFor = (one: Run, step: WaitFor, now: number): void => {
    const { since = 'step', within, until } = step;
    const reached = one.base;
    let ends = within === undefined ? now : endOfLength(within, reached);
    let date: number | undefined;
    if (typeof until === 'string') ends = nextTime(until, reached, false, undefined);
    if (typeof until === 'object') {
      date = moment(until, one);
      const reckoned = reckon(date, reached, now);
      // A condition that is true already is true, whatever the date.
      ends = reckoned.ends + (reckoned.past && step.when !== undefined ? 1000 : 0);
    }
    ends = wholeSecond(ends);
    const from =
      since === 'entry' ? one.entered : since === 'step' ? one.counts : endOfLength(since, one.counts, -1);
    if (step.when !== undefined && holds(step.when, one) && now < ends) {
      win(one, step, 'when', step.then ?? [], now);
      return;
    }
    const matches = (step.events ?? []).flatMap((arm, index) =>
      one.heard
        .filter((heard) => fits(arm, heard) && heard.at >= from && heard.at < ends)
        .filter(({ id }) => since !== 'step' || !one.used.has(id))
        .map((heard) => ({ arm, index, heard })),
    );
    const [first] = matches.toSorted((a, b) => a.heard.at - b.heard.at || a.index - b.index);
    if (first !== undefined) {
      winBy(one, step, first.arm, first.heard, now);
      return;
    }
    one.rest = { kind: 'waitFor', step, reached, since: from, until: ends, date, leaves: timeOut(now, ends) };
  };

  const win = (one: Run, step: WaitFor, way: string, then: readonly Step[], now: number): void => {
    say(now, 'takes', step.id, way);
    stepEnded(one, now);
    go(one, then[0] ?? followers.get(step), now);
  };
  const winBy = (
    one: Run,
    step: WaitFor,
    { event, then }: { readonly event: string; readonly then: readonly Step[] },
    heard: Heard,
    now: number,
  ): void => {
    one.used.add(heard.id);
    if (step.saveAs !== undefined) one.saved.set(step.saveAs, heard.properties);
    win(one, step, event, then, now);
  };

  /** What a run rests in is over by itself. */
  const wake = (one: Run, now: number): void => {
    const { rest } = one;
    if (rest === undefined) return;
    one.rest = undefined;
    const { step } = rest;
    if (rest.kind === 'send') return sendNow(one, rest.step, now);
    stepEnded(one, rest.kind === 'wait' ? now : rest.until);
    if (rest.kind === 'waitFor') say(now, 'takes', rest.step.id, 'time is up');
    go(one, (rest.kind === 'waitFor' ? rest.step.otherwise[0] : undefined) ?? followers.get(step), now);
  };

  const sendNow = (one: Run, step: Step, now: number): void => {
    if (step.type !== 'send') return;
    stepEnded(one, now);
    if (step.channel === 'sms') {
      say(now, 'skips', step.id, 'no address');
      if (step.onFailure === 'exit') return end(now, one, 'exits', 'not sent');
    } else say(now, 'sends', step.id);
    go(one, followers.get(step), now);
  };

  const go = (one: Run, first: Step | undefined, now: number): void => {
    let step = first;
    for (;;) {
      if (step === undefined) {
        if (one.reached) end(now, one, 'exits', 'goal');
        else end(now, one, 'completes');
        return;
      }
      switch (step.type) {
        case 'exit':
          return end(now, one, 'exits', step.reason);
        case 'goto': {
          const jumps = one.jumps.get(step) ?? 0;
          if (jumps < step.atMost) {
            one.jumps.set(step, jumps + 1);
            one.round = jumps + 1;
            step = steps.get(step.step);
          } else step = followers.get(step);
          break;
        }
        case 'send': {
          // Without an address there is nothing to put off.
          const opens = journey.quiet && step.channel === 'email' ? quietUntil('22:00', '08:00', now) : now;
          if (opens === now) return sendNow(one, step, now);
          one.rest = { kind: 'send', step, leaves: opens };
          return;
        }
        case 'wait':
          return enterWait(one, step, now);
        case 'waitFor':
          return enterWaitFor(one, step, now);
        case 'branch': {
          const found = step.cases.find(({ when }) => holds(when, one));
          say(now, 'takes', step.id, found?.name ?? 'otherwise');
          step = (found?.then ?? step.otherwise)[0] ?? followers.get(step);
          break;
        }
        case 'split': {
          const { id } = step;
          const arm = step.arms.find(({ name }) => name === arms.get(id));
          say(now, 'takes', id, arm?.name);
          step = arm?.steps[0] ?? followers.get(step);
          break;
        }
        case 'update':
          if (step.set !== undefined) traits.set('plan', { value: step.set.plan, at: now });
          if (step.increment !== undefined) {
            const before = trait('points');
            const points = (typeof before === 'number' ? before : 0) + step.increment.points;
            traits.set('points', { value: points, at: now });
          }
          say(now, 'sets', step.id);
          stepEnded(one, now);
          step = followers.get(step);
          break;
        case 'emit':
          say(now, 'emits', step.id);
          emitted.push({ at: now, id: `emitted ${(visits += 1)}`, event: step.event, properties: {} });
          stepEnded(one, now);
          // It comes back at the same instant, before time passes: whatever waits for it from now on gets it.
          one.heard.push(...emitted.splice(0));
          step = followers.get(step);
          break;
        case 'invoke':
        case 'webhook': {
          const answer = answerOf(step.id);
          say(now, 'calls', step.id, answer === undefined ? 'failed' : 'answered');
          if (step.type === 'invoke' && step.saveAs !== undefined) {
            if (answer === undefined) one.saved.delete(step.saveAs);
            else one.saved.set(step.saveAs, answer);
          }
          if (answer === undefined && step.onFailure === 'exit') return end(now, one, 'exits', 'call failed');
          stepEnded(one, now);
          step = followers.get(step);
          break;
        }
        case 'enter':
          say(now, 'takes', step.id, 'entered');
          stepEnded(one, now);
          step = followers.get(step);
      }
    }
  };

  const pass = (until: number): void => {
    for (;;) {
      const leaves = run?.rest?.leaves;
      if (run === undefined || leaves === undefined || leaves > until) return;
      wake(run, leaves);
    }
  };

  /** Exits as they are written. */
  const leave = (one: Run, now: number, heard: Heard | undefined): boolean => {
    for (const exit of journey.exit) {
      if ('event' in exit ? heard?.event === exit.event && heard.at >= one.entered : holds(exit.when, one)) {
        end(now, one, 'exits', 'event' in exit ? exit.event : exit.reason);
        return true;
      }
    }
    return false;
  };

  const reachGoal = (one: Run, now: number, { event, at }: Heard): boolean => {
    const { goal } = journey;
    if (goal?.event !== event || one.reached || at < one.entered) return false;
    if (!one.converted && (goal.within === undefined || at < endOfLength(goal.within, one.entered))) {
      one.converted = true;
      say(now, 'converts');
    }
    if (goal.then === undefined) end(now, one, 'exits', 'goal');
    else {
      say(now, 'takes', 'goal');
      Object.assign(one, { reached: true, rest: undefined, base: now, counts: now, round: 0 });
      afterwards = () => go(one, goal.then?.[0], now);
    }
    return true;
  };

  /** The date that the run waits for has changed. */
  const follow = (one: Run, now: number): void => {
    const { rest } = one;
    if (rest === undefined || rest.kind === 'send' || typeof rest.step.until !== 'object') return;
    if (!rest.step.until.date.startsWith('profile.')) return;
    const changed = traits.get('renews');
    // A change that came after the end changes nothing.
    if (changed !== undefined && changed.at >= (rest.kind === 'wait' ? rest.leaves : rest.until)) return;
    const date = moment(rest.step.until, one);
    if (date === rest.date) return;
    const written = rest.step.type === 'wait' ? rest.step.for : undefined;
    const earliest = written === undefined ? rest.reached : endOfLength(written, rest.reached);
    const { ends, past } = reckon(date, earliest, now);
    if (rest.kind === 'wait') {
      stepEnded(one, now);
      if (past && goPast(one, rest.step, date, now)) return;
      rests(one, { ...rest, date, leaves: leavesAt(rest.step, ends, past, now) }, now);
      return;
    }
    const until = wholeSecond(ends + (past && rest.step.when !== undefined ? 1000 : 0));
    one.rest = { ...rest, date, until, leaves: timeOut(now, until) };
  };

  for (const call of told) {
    const now = Date.parse(call.received);
    pass(now);
    if (ids.has(call.id)) continue;
    ids.add(call.id);
    const at = Date.parse(call.at);
    if (call.kind === 'identify') {
      for (const [name, value] of Object.entries(call.traits)) {
        const before = traits.get(name);
        if (before !== undefined && before.at > at) continue;
        if (before?.at === at && JSON.stringify(before.value) >= JSON.stringify(value)) continue;
        traits.set(name, { value, at });
      }
    }
    const heard =
      call.kind === 'event' ? { at, id: call.id, event: call.event, properties: call.properties } : undefined;
    const inside = run;
    if (
      inside !== undefined &&
      !(heard !== undefined && reachGoal(inside, now, heard)) &&
      !leave(inside, now, heard)
    ) {
      if (heard !== undefined) inside.heard.push(heard);
      const { rest } = inside;
      if (heard !== undefined && rest?.kind === 'waitFor' && at >= rest.since && at < rest.until) {
        const arm = rest.step.events?.find((one) => fits(one, heard));
        if (arm !== undefined) {
          inside.rest = undefined;
          winBy(inside, rest.step, arm, heard, now);
        }
      }
      if (run === inside) follow(inside, now);
      const still = run === inside ? inside.rest : undefined;
      if (
        still?.kind === 'waitFor' &&
        still.step.when !== undefined &&
        at < still.until &&
        holds(still.step.when, inside)
      ) {
        inside.rest = undefined;
        win(inside, still.step, 'when', still.step.then ?? [], now);
      }
    }
    if (heard === undefined) continue;
    for (const one of ended) {
      const { goal } = journey;
      if (goal?.event !== heard.event || goal.within === undefined || !one.open) continue;
      if (at < one.entered || at >= endOfLength(goal.within, one.entered)) continue;
      one.open = false;
      say(now, 'converts');
    }
    afterwards?.();
    afterwards = undefined;
    if (heard.event !== 'Start') continue;
    if (trait('plan') === 'gone') continue;
    if (run !== undefined || (hasEntered && journey.entry.reentry === 'never')) {
      say(now, 'refuses');
      continue;
    }
    say(now, 'enters');
    hasEntered = true;
    entryId = call.id;
    run = enteredRun(heard, now);
    go(run, journey.steps[0], now);
  }
  pass(Number.POSITIVE_INFINITY);
  return lines;
}
