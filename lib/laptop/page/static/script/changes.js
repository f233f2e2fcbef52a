// What has changed, as the server tells it: topics, and the clock with each of them. A connection that is lost is made again.

const listeners = new Set();
let isLost = false;

/** @param {(change: { topics: string[], clock?: object, isLost: boolean }) => void} listener */
export function onChanges(listener) {
  listeners.add(listener);
}

const source = new EventSource('/api/changes');
source.addEventListener('message', ({ data }) => {
  const change = JSON.parse(data);
  // What happened while nobody listened is unknown.
  const topics = isLost ? ['customers', 'messages', 'operations', 'clock'] : change.topics;
  isLost = false;
  tell({ ...change, topics, isLost });
});
source.addEventListener('error', () => {
  isLost = true;
  tell({ topics: [], isLost });
});

function tell(change) {
  for (const listener of listeners) listener(change);
}
