/**
 * All steps of a journey in the order in which they are written, with their places and the ids of their nodes. Steps without
 * an id are named after where they stand, so that a change elsewhere leaves their names alone.
 */
import { hashHex } from '#lib/contracts/hash.ts';
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import type { Journey } from '#lib/journey/journey.ts';
import { kindOf, type Step, type Steps } from '#lib/journey/steps/step.ts';

export interface StepPlace {
  readonly step: Step;
  readonly path: JsonPath;
  /** Id of the step's node in the graph. */
  readonly node: string;
  /** Steps count from 0 as they are written; a step comes before the steps inside it. */
  readonly order: number;
  /** What stands before it: the step before in the same list, else the step that contains it; undefined for the first. */
  readonly before: StepPlace | undefined;
}

/** A state name has at most 80 characters; what the compiler appends to a node's id takes up to 20. */
const LONGEST_WHERE = 60;

/** All steps, each step before those inside it; those of the goal come last. */
export function placeSteps({ steps, goal }: Pick<Journey, 'steps' | 'goal'>): StepPlace[] {
  const places: StepPlace[] = [];
  // Written ids have no parentheses: names made here can only meet each other.
  const taken = new Set<string>();
  const visit = (list: Steps, path: JsonPath, where: () => string, parent: StepPlace | undefined): void => {
    let before = parent;
    let place = where;
    for (const [index, step] of list.entries()) {
      const node = step.id ?? free(`${place()} (${step.type})`, taken);
      const here: StepPlace = { step, path: [...path, index], node, order: places.length, before };
      places.push(here);
      for (const arm of kindOf(step).arms(step))
        visit(arm.steps, [...here.path, ...arm.path], () => armName(node, arm.name), here);
      const { id } = step;
      if (id !== undefined) place = () => id;
      before = here;
    }
  };
  visit(steps, ['steps'], () => '(start)', undefined);
  visit(goal?.then ?? [], ['goal', 'then'], () => '(goal)', undefined);
  return places;
}

/** The step and the arm, in characters that are safe in state names and expressions. */
function armName(step: string, arm: string): string {
  const name = `${step} ${arm.replaceAll(/[^\p{L}\p{N} ._-]+/gu, '-')}`;
  return name.length <= LONGEST_WHERE ? name : `${name.slice(0, LONGEST_WHERE - 9)}-${hashHex(name, 8)}`;
}

function free(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number += 1) name = wanted.replace(/\)$/, ` ${number})`);
  taken.add(name);
  return name;
}
