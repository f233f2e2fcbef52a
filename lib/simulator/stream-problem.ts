// What stops a whole stream from being read, in words for whoever named the file; a single bad line never does.

/** A file that cannot be read as a stream of events. `message` names the file and says what to do. */
export class StreamProblem extends Error {
  override readonly name = 'StreamProblem';
}
