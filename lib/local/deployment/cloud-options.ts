// What whoever opens a local cloud decides about it, gives to it, and is told by it.
import type { DeliveryOptions, TwoWay } from '../delivery/create-delivery.ts';
import type { FunctionMetric } from '../functions/function-metrics.ts';
import type { FunctionLine } from '../functions/functions.ts';
import type { LiveClock } from '../time/live-clock.ts';
import type { StackAssembly } from './assembly.ts';

export interface CloudOptions {
  readonly assembly: StackAssembly;
  /** 0: one that is free. */
  readonly port: number;
  /** Stands until whoever has opened the cloud lets it go. */
  readonly clock: LiveClock;
  /** Folder that keeps everything; undefined: memory. */
  readonly data: string | undefined;
  /** Folder for compiled code of functions, which a later start of the same deployment takes from there. */
  readonly codeCache: string;
  /** Seed; undefined: everything goes well. */
  readonly chaos: number | undefined;
  /** Domains and addresses from which e-mails may be sent. */
  readonly identities: Iterable<string>;
  /** Whose run it is, for messages that carry no more than the run. */
  readonly whoRuns: (run: string) => { readonly customer: string; readonly journey: string } | undefined;
  /** A firing of a schedule that would find nothing is passed over. */
  readonly skip: (schedule: string, instant: number) => boolean;
  /** The topic that numbers and mailboxes are connected to, and on which channels; undefined: customers' answers are for applications to tell. */
  readonly replies?: { readonly topic: string; readonly channels: TwoWay['channels'] };
  /** What customers do that no provider reports is told as their application tells it. */
  readonly tellAsApplication: DeliveryOptions['tellAsApplication'];
  /** Seed by which customers open and click as people do; undefined: they do nothing by themselves. */
  readonly lifeLike: string | undefined;
  readonly random: () => number;
  readonly onMetrics: (metrics: readonly FunctionMetric[]) => void;
  readonly onLog: (line: FunctionLine) => void;
  /** Something that whoever runs it may want to know. */
  readonly onNotice: (message: string) => void;
  /** A fault of the local cloud itself. */
  readonly onFault: (error: unknown) => void;
}
