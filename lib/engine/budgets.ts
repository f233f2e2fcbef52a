/**
 * What a customer document may hold at most, section by section. DynamoDB bills a write by the KB and refuses 400 KB, and one
 * busy or hostile customer must not make every later decision slow. Consent, exits and erasure are never refused.
 */

/**
 * Bytes of JSON of the whole document where its store has no room for it: what is left of DynamoDB's 400 KB, should nothing of it be
 * compressible, is room for the other attributes of the item.
 */
export const LARGEST_DOCUMENT = 380_000;
/** Bytes of the log that such a document keeps. */
export const TOLD_AT_LEAST = 16_384;
/** Ids of events remembered for deduplication: the deduplication window is the customer's last 100 events that counted. */
export const RECENT_EVENTS = 100;
/** Devices that a customer's document remembers to be theirs; one beyond it is told anew when it is used again. */
export const MOST_DEVICES = 10;
/** Runs at once for one customer; a further entry is refused with the reason `too many runs`. */
export const MOST_RUNS = 40;
/** Keys remembered for each journey; beyond it a keyed journey with re-entry "never" refuses (`too many keys`). */
export const MOST_KEYS = 2000;
/** Sends kept for caps, `was` conditions and reports; the oldest that no cap, run or condition needs go first. */
export const MOST_SENDS = 200;
/** Events in the history of an execution after which a run goes on in another; AWS stops one at 25,000. */
export const HISTORY_BUDGET = 20_000;
/**
 * How long an execution may last by plan. AWS stops one after a year: what is left of it is for calls that are tried again for
 * hours.
 */
export const LONGEST_LEG_MILLIS = 350 * 24 * 60 * 60 * 1000;
/** Matches kept for one arm of a waitFor that looks back by a duration. */
export const MOST_MATCHES = 10;
/** Characters of JSON of entry properties kept with a run: an order with its products fits. */
export const ENTRY_PROPERTIES = 8192;
/** Characters of JSON of one of them, where together they are too many and only what conditions read is kept. */
export const ENTRY_PROPERTY = 2048;
/** Characters of JSON of all that the steps of one run keep by `saveAs`, and of one property where together they are too many. */
export const SAVED_PROPERTIES = 8192;
export const SAVED_PROPERTY = 2048;
/** Characters of JSON of all events that one run remembers for its waits, where their properties are kept by `saveAs`. */
export const MATCHED_PROPERTIES = 4096;
/** So many runs of a customer may keep what is said above; where there are more, each keeps an eighth of it. */
export const ROOMY_RUNS = 8;
/** Runs that are over and entries held out whose goal can still be reached; the oldest goes first, and the log says so. */
export const MOST_WATCHED = 100;
/** Characters of JSON of what a goal compares of the entry event, kept with each of them. */
export const WATCHED_PROPERTIES = 512;
/**
 * Events that the steps of one customer's journeys emit within an hour, and entries by them and by built-in events (the end of
 * another journey, a segment, a trait): more than any journey needs.
 */
export const MOST_SET_OFF = 100;
/** Emitted events that the bus has not taken yet, and characters of JSON of the properties of one. */
export const MOST_EMITTED = 20;
export const EMITTED_PROPERTIES = 8192;
/**
 * Entries that the ledger has not been told yet: more than a customer says while a table does not answer for an hour. And characters of
 * what an application says of one: a name or version, and a proof such as the id of a form with the times it was opened and sent.
 */
export const MOST_UNWRITTEN = 100;
export const LEDGER_TEXT = 200;
export const LEDGER_PROOF = 500;
/** Attempts at a call of a function or endpoint, from 2 s apart to minutes: a quarter of an hour in all, then it has failed. */
export const MOST_CALL_ATTEMPTS = 10;
/** Built-in events that one input may set off in a row before the rest is ignored (journeys that start each other). */
export const MOST_BUILT_IN_EVENTS = 25;
/** Steps that one plan walks at most; the check demands a wait in every loop, so no accepted journey comes near. */
export const MOST_PLANNED_STEPS = 2000;
/** Cases with the service that are remembered of one customer: more than anybody has at once; the oldest goes first. */
export const MOST_SERVICE_CASES = 20;
/** How long a send record is kept at least, so that the provider's reports find it. */
export const SENDS_KEPT_DAYS = 3;
/** A goal is still judged by its own timestamp when it arrives this much after its window has closed. */
export const LATE_GOAL_MILLIS = 24 * 60 * 60 * 1000;
/** Instants that came due while nobody looked and are decided with one input; the rest is decided with the next. */
export const MOST_DUE = 500;
/** Rounds in which segments that ask about runs and journeys that follow segments may set each other off by one input. */
export const MOST_ROUNDS = 10;
/** Events kept with their instants and values for a sum inside a time; the log says so when the oldest has to go. */
export const MOST_SUMMED = 200;
/** A send's next opening is folded into the wait before it if it comes no later. */
export const FOLDED_MILLIS = 7 * 24 * 60 * 60 * 1000;
/** How far before its decision a log entry may lie: to where a folded send stood, and a day for whatever comes in between. */
export const LOOKS_BACK_MILLIS = FOLDED_MILLIS + 24 * 60 * 60 * 1000;
