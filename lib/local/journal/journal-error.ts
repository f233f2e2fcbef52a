/** What is wrong with the folder of a journal, where, and what to do; for whoever has named the folder. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
}
