// A vocabulary as it stands in settings.json, without the braces around it: ready to paste.
import type { Vocabulary } from '#lib/journey/vocabulary.ts';

/** One line for each event and a few for the traits, as people write it; ends with a newline. */
export function renderVocabulary(vocabulary: Vocabulary): string {
  const events = Object.entries(vocabulary.events).map(
    ([event, properties]) => `    ${JSON.stringify(event)}: ${renderFields(properties, '    ')}`,
  );
  return [
    '"vocabulary": {',
    events.length === 0 ? '  "events": {},' : `  "events": {\n${events.join(',\n')}\n  },`,
    `  "traits": ${renderFields(vocabulary.traits, '  ')}`,
    '}',
    '',
  ].join('\n');
}

const WIDTH = 110;

function renderFields(fields: Readonly<Record<string, string>>, indent: string): string {
  const entries = Object.entries(fields).map(
    ([name, type]) => `${JSON.stringify(name)}: ${JSON.stringify(type)}`,
  );
  if (entries.length === 0) return '{}';
  const line = `{ ${entries.join(', ')} }`;
  if (line.length + indent.length <= WIDTH - 40) return line;
  return `{\n${entries.map((entry) => `${indent}  ${entry}`).join(',\n')}\n${indent}}`;
}
