/**
 * The states that a journey needs, before they are written down as ASL: which there are, how a run gets from one to the next,
 * and what each may rely on when it is entered. `planMachine` builds it, `lower/` writes each state, `assemble` joins them.
 */

/**
 * How a run comes to a node.
 * - `planned`: a Task before (or the entry) has decided what follows; the variable `plan` holds it.
 * - `waited`: straight after a Wait state. Nobody has decided what follows; `plan.until` is when the wait was to end.
 * - `timed out`: the wait for events named has run out and no Task has told the document yet.
 */
export type Arrival =
  | { readonly kind: 'planned' }
  | { readonly kind: 'waited' }
  | {
      readonly kind: 'timed out';
      readonly wait: string;
      /** False where a bounded goto lies between the wait and this state, so that the visit has moved on. */
      readonly direct: boolean;
    };

/** A way out of a state. */
export interface Way {
  /** The state entered next, by name; `null`: the run is over and the document knows. */
  readonly to: string | null;
  /**
   * The state entered is a wait of this many milliseconds that begins when the wait before was to end: taking the way
   * computes its plan, so that no Task is needed.
   */
  readonly lasts?: number;
}

/** What the variable `plan` holds when a state is entered. `never`: still only `first` in the execution's input. */
export type PlanKnown = 'always' | 'sometimes' | 'never';

/**
 * How a Task tells the document of a time-out before it.
 * - `literal`: it is reached in no other way, so the time-out is written into it.
 * - `variable`: reached in other ways too; the time-out's Catch assigns `settle`, this Task passes it on and clears it.
 */
export type Settlement =
  | { readonly kind: 'none' }
  | { readonly kind: 'literal'; readonly wait: string }
  | { readonly kind: 'variable'; readonly waits: readonly string[] };

/** What every Task has. */
export interface TaskFacts {
  readonly settlement: Settlement;
  /** A wait may have ended directly before: the call says when it was to end. */
  readonly reached: boolean;
  /** Something that follows reads the plan in this Task's answer before another one is made. */
  readonly keepsPlan: boolean;
  /**
   * A jump may have been counted between the time-out and this Task: if the event had won, the loop goes on from where it
   * stood at the time-out, as in the document's plan.
   */
  readonly restoresLoop: boolean;
  /** With `settlement`: where each arm of the wait leads if the document says that its event had won. */
  readonly won: readonly WonArm[];
}

/** Arm `arm` of `wait` was first, although the time-out had left already. The arm after the last: the end had moved. */
export interface WonArm {
  readonly wait: string;
  readonly arm: number;
  readonly way: Way;
  /** The wait begins anew, in a visit of its own. */
  readonly moved?: true;
}

/** Arms of a split, or of several that follow each other directly, that lead to one way. All must be taken. */
export interface SplitRule {
  /** All splits on the way, in order; one that says nothing about the way is not among `taken`. */
  readonly passed: readonly string[];
  readonly taken: readonly { readonly split: string; readonly arms: readonly number[] }[];
  readonly way: Way;
}

interface StateFacts {
  readonly name: string;
  readonly planKnown: PlanKnown;
}

/** The Task of a step that calls and goes on. */
interface StepTask extends StateFacts {
  readonly node: string;
  readonly task: TaskFacts;
  readonly next: Way;
}

export type PlannedState =
  | (StepTask & { readonly kind: 'send' })
  | (StepTask & { readonly kind: 'action' })
  | (StateFacts & { readonly kind: 'wait'; readonly node: string; readonly next: Way })
  | (StateFacts & {
      readonly kind: 'waitFor';
      readonly node: string;
      readonly task: TaskFacts;
      readonly arms: readonly Way[];
      readonly otherwise: Way;
      /** Back to itself: the end follows a trait, and has moved. */
      readonly moved?: Way;
      /** The date is past. */
      readonly past?: Way;
      /** A Task that the time-out leads to reads the variable `settle`. */
      readonly assignsSettle: boolean;
      /** A Task that the time-out leads to may have to restore the loop. */
      readonly keepsLoop: boolean;
    })
  | (StateFacts & { readonly kind: 'branch'; readonly node: string; readonly ways: readonly Way[] })
  | (StateFacts & { readonly kind: 'split'; readonly node: string; readonly rules: readonly SplitRule[] })
  | (StateFacts & { readonly kind: 'goto'; readonly node: string; readonly jump: Way; readonly pass: Way })
  /** A Task inserted where something must be decided and no step's own Task can; `node: null` is the end. */
  | (StateFacts & {
      readonly kind: 'decide';
      readonly node: string | null;
      readonly task: TaskFacts;
      readonly next: Way;
    });

/** The machine of later legs: the same states behind one Choice over the node at which the run goes on. */
export interface ResumePlan extends Omit<MachinePlan, 'start'> {
  /** In the order of the journey's steps. */
  readonly resumes: ReadonlyMap<string, Way>;
}

export interface MachinePlan {
  readonly start: Way;
  /** In the order of the journey's steps; what belongs to one step stands together. */
  readonly states: readonly PlannedState[];
  /** The journey has a bounded goto or a wait whose end may move, so that the variable `loop` counts. */
  readonly loops: boolean;
}
