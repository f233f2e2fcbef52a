// The Map Run of a Distributed Map: which child execution each item has, how they stand, and how many may run and fail.
// https://docs.aws.amazon.com/step-functions/latest/dg/concepts-examine-map-run.html
import type { Execution, Status } from './execution.ts';

/** undefined: as many as there are; no failure is tolerated. */
export interface MapRunLimits {
  maxConcurrency: number | undefined;
  toleratedFailureCount: number | undefined;
  toleratedFailurePercentage: number | undefined;
}

export type MapRunCounts = Readonly<Record<Status | 'PENDING', number>>;

export class MapRun {
  /** The ARN. */
  readonly id: string;
  /** ARN of the execution that it is part of, and the state there. */
  readonly executionId: string;
  readonly state: string;
  /** Under which its children are named: `machine/label`. */
  readonly machineName: string;
  /** Milliseconds since 1970. */
  readonly startDate: number;
  stopDate: number | undefined;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED' = 'RUNNING';
  redriveCount = 0;
  redriveDate: number | undefined;
  readonly limits: MapRunLimits;
  /** Child execution of each item; undefined: not started. */
  readonly children: (Execution | undefined)[];
  /** Told when a child has ended, or when limits have changed; set while the Map runs. */
  onChange: (() => void) | undefined;

  constructor(
    given: Pick<MapRun, 'id' | 'executionId' | 'state' | 'machineName' | 'startDate' | 'limits'>,
    items: number,
  ) {
    this.id = given.id;
    this.executionId = given.executionId;
    this.state = given.state;
    this.machineName = given.machineName;
    this.startDate = given.startDate;
    this.limits = given.limits;
    this.children = Array.from<Execution | undefined>({ length: items });
  }

  counts(): MapRunCounts {
    const counts = { PENDING: 0, RUNNING: 0, SUCCEEDED: 0, FAILED: 0, TIMED_OUT: 0, ABORTED: 0 };
    for (const child of this.children) counts[child?.status ?? 'PENDING'] += 1;
    return counts;
  }

  /** Whether more children have failed than may. */
  isExceeded(): boolean {
    const { FAILED, TIMED_OUT, ABORTED } = this.counts();
    const { toleratedFailureCount: count, toleratedFailurePercentage: percentage } = this.limits;
    const tolerated =
      count === undefined && percentage === undefined
        ? 0
        : Math.min(
            count ?? Number.POSITIVE_INFINITY,
            percentage === undefined ? Number.POSITIVE_INFINITY : (percentage * this.children.length) / 100,
          );
    return FAILED + TIMED_OUT + ABORTED > tolerated;
  }
}

/** Map Runs by ARN, in order of their start. */
export class MapRuns {
  readonly #runs = new Map<string, MapRun>();

  add(run: MapRun): void {
    this.#runs.set(run.id, run);
  }

  find(id: string): MapRun | undefined {
    return this.#runs.get(id);
  }

  of(executionId: string): MapRun[] {
    return [...this.#runs.values()].filter((run) => run.executionId === executionId);
  }

  forget(executionId: string): void {
    for (const { id } of this.of(executionId)) this.#runs.delete(id);
  }
}
