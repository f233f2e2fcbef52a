/** How long functions and endpoints that journeys call may take. The stacks give the functions that call them longer than that. */

/** Seconds for the answer of a Lambda function: journeys ask for an answer, work of minutes belongs behind a queue. */
export const FUNCTION_ANSWER_SECONDS = 60;

/** Seconds for the answer of an endpoint, whatever its `timeout` in the settings says. */
export const MOST_ENDPOINT_SECONDS = 45;

/** Bytes of an answer that are read. All answers that a run keeps have 8 KB together; beyond a megabyte it is no answer of words. */
export const MOST_ANSWER_BYTES = 1024 * 1024;
