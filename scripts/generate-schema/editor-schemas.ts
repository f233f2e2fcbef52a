// The JSON Schemas of the files that people write, one for each kind of file.
import { environmentsFileSchema } from '#lib/infra/environments.ts';
import { editorSchema } from '#lib/journey/editor-schema.ts';
import { journeySchema } from '#lib/journey/journey.ts';
import { segmentSchema } from '#lib/journey/segment.ts';
import { settingsSchema } from '#lib/journey/settings.ts';
import { messageFileSchema } from '#lib/messages/message-schema.ts';
import { testFileSchema } from '#lib/simulator/scenarios/test-file.ts';

/** File names under workspace/schema and what must stand in them. */
export function editorSchemas(): { name: string; text: string }[] {
  return Object.entries({
    'journey.json': editorSchema(journeySchema),
    'segment.json': editorSchema(segmentSchema),
    'settings.json': editorSchema(settingsSchema),
    'tests.json': editorSchema(testFileSchema),
    'message.json': editorSchema(messageFileSchema),
    'environments.json': editorSchema(environmentsFileSchema),
  }).map(([name, schema]) => ({ name, text: `${JSON.stringify(schema, null, 2)}\n` }));
}
