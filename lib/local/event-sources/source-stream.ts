/** What readers need of a table's stream; that of lib/local/dynamodb has it. */

/** A record in the form in which Lambda passes it on: whatever else it has goes to the function as it is. */
export interface StreamRecord {
  readonly dynamodb: {
    readonly SequenceNumber: string;
    readonly Keys: object;
    /** Whole seconds since 1970, of the business. */
    readonly ApproximateCreationDateTime: number;
  };
}

export interface SourceStream {
  /** Records behind this one, the oldest first; undefined: from the oldest that is kept. */
  read(afterSequence: string | undefined, limit: number): readonly StreamRecord[];
  /** Calls when records have come. Returns what ends it. */
  onRecords(listener: () => void): () => void;
  /** Whatever is up to this record has been worked off, and need not be kept, over a restart either. */
  trim(throughSequence: string): void;
}
