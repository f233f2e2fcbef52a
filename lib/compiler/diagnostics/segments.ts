// Mistakes in segments, their lists, and in what is asked about what customers did.
import type { ValueType } from '#lib/journey/vocabulary.ts';
import { error, told, warning, type Told } from './kind.ts';
import { hintFor } from './suggestion.ts';

export const segmentDiagnostics = {
  'unknown-segment': error<{ name: string; known: readonly string[] }>(
    'Unknown segment',
    ({ name, known }) => ({
      message: `There is no segment "${name}".`,
      hint: hintFor(name, known, `Create segments/${name}.json.`),
    }),
  ),
  'segment-needs-one': error<{ both: boolean }>(
    'A segment with both a condition and a list, or with neither',
    ({ both }) => ({
      message: both
        ? 'This segment has both a condition ("when") and a list: which of them counts?'
        : 'This segment does not say who is in it.',
      hint: both
        ? 'Keep one of them; a second segment can ask for both with { "all": [ … ] }.'
        : 'Add "when" with a condition, or "list" with the name of a CSV file.',
    }),
  ),
  'segment-in-circle': error<{ way: readonly string[] }>(
    'Segments that refer to each other in a circle',
    ({ way }) => ({
      message: `Who is in this segment depends on itself: ${way.map((id) => `"${id}"`).join(' → ')}.`,
      hint: 'Write the condition of one of them out instead of naming the other.',
    }),
  ),
  'endless-membership': error<{ segment: string; journeys: readonly string[] }>(
    'Customers who would go in and out without end',
    ({ segment, journeys }) => ({
      message:
        journeys.length === 1
          ? `Who is inside this journey changes who is in "${segment}", which lets in and out again, at once and without end.`
          : `Who is inside ${journeys.map((id) => `"${id}"`).join(' and ')} changes who is in the segments that let into them, and customers would go in and out at once and without end.`,
      hint: 'Ask in the segment for something that being inside does not change, or limit how often a customer may enter by "reentry".',
    }),
  ),
  'segment-not-used': warning<{ id: string }>('A segment that nothing uses', ({ id }) => ({
    message: `No journey and no other segment asks for "${id}"; who is in it is kept for every customer all the same.`,
    hint: `Ask for it with { "segment": "${id}" }, or remove the file.`,
  })),
  'not-known-in-segment': error<{ name: string }>('Not known in a segment', ({ name }) => ({
    message: `"${name}" belongs to a journey; who is in a segment does not depend on one.`,
    hint: 'Ask for "profile.…", or for what the customer has done with "did".',
  })),
  'not-in-did': error<{ name: string }>('Not to be asked of events of the past', ({ name }) => ({
    message: `"${name}" cannot be asked in the "where" of a "did": it is asked of each event when it happens.`,
    hint: 'Ask there for "event.…" only, and for the rest beside the "did", in { "all": [ … ] }.',
  })),
  'sum-of-no-number': error<{ name: string; event: string; type: ValueType }>(
    'A sum of what is no number',
    ({ name, event, type }) => ({
      message: `"${name}" of "${event}" is of type ${type}: it cannot be added up.`,
      hint: 'Name a property of type number, or change the type in settings.json.',
    }),
  ),
  'list-missing': error<{ name: string; known: readonly string[] }>(
    'A list that is not there',
    ({ name, known }) => ({
      message: `There is no list "${name}" beside this segment.`,
      hint: hintFor(name, known, `Put it there as segments/${name}.`),
    }),
  ),
  'list-unreadable': error<Told>('A list that cannot be read', told),
  'list-rows-skipped': warning<{ count: number }>('Lines of a list without an id', ({ count }) => ({
    message: `${count === 1 ? 'One line of this list has' : `${count} lines of this list have`} no usable id, and nobody is in the segment by ${count === 1 ? 'it' : 'them'}; this is the first.`,
    hint: 'Write the id of a customer, or remove the line.',
  })),
};
