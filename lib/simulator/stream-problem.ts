// What stops a whole stream from being read, in words for whoever named the file; a single bad line never does.

/** A file that cannot be read as a stream of events. `message` names the file and says what to do. */
export class StreamProblem extends Error {
  override readonly name = 'StreamProblem';
  /** The file could not be opened at all, or it could and what is in it is no stream. */
  readonly where: 'path' | 'content';

  constructor(message: string, where: 'path' | 'content' = 'path') {
    super(message);
    this.where = where;
  }
}
