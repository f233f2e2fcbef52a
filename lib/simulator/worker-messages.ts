// What a play and its threads say to each other. Structured clone carries it, so it is data only.
import type { Instant } from '#lib/contracts/time.ts';
import type { PartInput, PartResult } from './play-part.ts';
import type { Rendering } from '#lib/messages/rendering.ts';

/** What a thread is started with. */
export interface WorkerInput {
  readonly input: PartInput;
  readonly rendering: Rendering;
  /** Descriptors of the files for its lines; absent where nobody wants them. */
  readonly trace?: number;
  readonly outbox?: number;
}

/** What stopped a part. */
export type WorkerFault =
  | { readonly kind: 'stream'; readonly message: string; readonly where: 'path' | 'content' }
  | { readonly kind: 'temporary file'; readonly reason: string }
  | { readonly kind: 'error'; readonly name: string; readonly message: string; readonly stack?: string };

/** What a thread says; after `done` and `fault` nothing more. */
export type WorkerMessage =
  | { readonly kind: 'progress'; readonly played: number; readonly now: Instant }
  | { readonly kind: 'done'; readonly result: PartResult }
  | { readonly kind: 'fault'; readonly fault: WorkerFault };
