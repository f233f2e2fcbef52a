// Journeys as marketers write them, as far as random ones use the language.

/** A condition that the walk can answer: one field, one value or `gte`. */
export type Condition = Readonly<Record<string, string | number | { readonly gte: number }>>;

interface HeardEvent {
  readonly event: string;
  readonly where?: { readonly 'event.n': number };
  readonly then: readonly Step[];
}

export interface WrittenDate {
  readonly date: string;
  readonly offset?: string;
  readonly at?: string;
}

/** A step as it is written; steps without an id are those that the language allows to have none. */
export type Step =
  | {
      readonly type: 'send';
      readonly id: string;
      readonly message: 'letter';
      readonly channel: 'email' | 'sms';
      readonly onFailure?: 'exit';
    }
  | {
      readonly type: 'wait';
      readonly id: string;
      readonly for?: string;
      readonly until?: string | WrittenDate;
      readonly on?: readonly string[];
      readonly ifPast?: 'continue' | 'exit' | { readonly goto: string };
      readonly spread?: string;
    }
  | {
      readonly type: 'waitFor';
      readonly id: string;
      readonly events?: readonly HeardEvent[];
      readonly when?: Condition;
      readonly then?: readonly Step[];
      readonly within?: string;
      readonly until?: string | WrittenDate;
      readonly since?: string;
      readonly saveAs?: string;
      readonly otherwise: readonly Step[];
    }
  | {
      readonly type: 'branch';
      readonly id: string;
      readonly cases: readonly {
        readonly name: string;
        readonly when: Condition;
        readonly then: readonly Step[];
      }[];
      readonly otherwise: readonly Step[];
    }
  | {
      readonly type: 'split';
      readonly id: string;
      readonly arms: readonly {
        readonly name: string;
        readonly share: string;
        readonly steps: readonly Step[];
      }[];
    }
  | {
      readonly type: 'update';
      readonly id: string;
      readonly set?: { readonly plan: string };
      readonly increment?: { readonly points: number };
    }
  | { readonly type: 'emit'; readonly id: string; readonly event: 'Told' }
  | {
      readonly type: 'invoke';
      readonly id: string;
      readonly function: 'score';
      readonly saveAs?: 'score';
      readonly onFailure: 'continue' | 'exit';
    }
  | {
      readonly type: 'webhook';
      readonly id: string;
      readonly endpoint: 'crm';
      readonly onFailure: 'continue' | 'exit';
    }
  | { readonly type: 'enter'; readonly id: string; readonly journey: 'other' }
  | { readonly type: 'goto'; readonly step: string; readonly atMost: number }
  | { readonly type: 'exit'; readonly reason: string };

export interface WrittenJourney {
  readonly entry: {
    readonly event: 'Start';
    readonly where: unknown;
    readonly reentry: 'after exit' | 'never';
  };
  readonly goal?: {
    readonly event: 'Goal';
    readonly within?: string;
    readonly ends?: boolean;
    readonly then?: readonly Step[];
  };
  readonly exit: readonly (
    | { readonly event: 'Stop' }
    | { readonly when: Condition; readonly reason: string }
  )[];
  readonly delivery: unknown;
  readonly quiet: boolean;
  readonly steps: readonly Step[];
}
