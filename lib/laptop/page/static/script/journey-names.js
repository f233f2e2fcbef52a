// What people call the journeys; ids are for files and logs.

let names = new Map();

/** @param {{ id: string, name: string }[]} journeys */
export function useJourneys(journeys) {
  names = new Map(journeys.map(({ id, name }) => [id, name]));
}

/** Its id, where nobody has given it a name, or it is not deployed any more. */
export function journeyName(id) {
  return names.get(id) ?? id;
}
