/**
 * What functions log, each line by one of these texts, so that saved queries and people have something fixed to look for. How it is
 * with them stands in fields beside them: ids and names only (promise P10).
 */
export const LOG_EVENTS = {
  stepAnswered: 'step answered',
  decisionLeft: 'step left by decision',
  stepFailed: 'step failed',
  recordFailed: 'record failed',
  customerFailed: 'customer failed',
  runFailed: 'run given up',
  linkLost: 'reports about a message will find nobody',
  eventsRefused: 'events refused',
  journeyStopped: 'journey paused by the breaker',
  transactionalOverLimit: 'transactional messages over the limits of the breaker',
  outcomesNotCounted: 'outcomes not counted',
  eventsPassedOver: 'events passed over',
  recordLeft: 'record left to the sweep',
  minutePassed: 'minute seen to',
  minuteFailed: 'minute failed',
  pageAsked: 'part of all customers asked',
  pageAnswered: 'page answered',
  pageFailed: 'page failed',
} as const;
