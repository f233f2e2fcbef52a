// Whoever copies a whole file out of a guide gets one that can be read: journeys, segments, settings, messages, journey tests, and
// calls of an application.
import { parse, type ParseError } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { journeySchema } from '#lib/journey/journey.ts';
import { segmentSchema } from '#lib/journey/segment.ts';
import { settingsSchema } from '#lib/journey/settings.ts';
import { messageFileSchema } from '#lib/messages/message-schema.ts';
import { readSegmentLine } from '#lib/simulator/segment-lines.ts';
import { testFileSchema } from '#lib/simulator/scenarios/test-file.ts';
import { blocksOf, pages, type Block } from './markdown.ts';

const FILES = {
  journey: { schema: journeySchema, has: ['entry', 'steps'] },
  test: { schema: testFileSchema, has: ['journey', 'scenarios'] },
  settings: { schema: settingsSchema, has: ['brand', 'timezone'] },
  message: { schema: messageFileSchema, has: ['name', 'subject'] },
  segment: { schema: segmentSchema, has: ['name', 'when'] },
  list: { schema: segmentSchema, has: ['name', 'list'] },
};

const blocks = pages()
  .filter((page) => !/^docs\/(?:reference|diagnostics)\//.test(page))
  .flatMap((page) => blocksOf(page))
  .filter(({ language }) => language === 'json' || language === 'jsonc');

const calls = blocks.flatMap(({ page, text }) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('{"type":"'))
    .map((line) => ({ page, line })),
);

/** The block as JSON with comments, where it is all of a file; examples of a part leave the rest out. */
function whole({ text }: Block): object | undefined {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  return errors.length === 0 && typeof value === 'object' && value !== null ? value : undefined;
}

describe('examples in the guides', () => {
  it.each(Object.entries(FILES))('of a %s can be read', (_kind, { schema, has }) => {
    const written = blocks.flatMap((block) => {
      const value = whole(block);
      return value !== undefined && has.every((field) => Object.hasOwn(value, field))
        ? [{ block, value }]
        : [];
    });
    expect(written.length).toBeGreaterThan(0);
    const problems = written.map(({ block, value }) => ({
      page: block.page,
      issues: schema.safeParse(value).error?.issues ?? [],
    }));
    expect(problems.filter(({ issues }) => issues.length > 0)).toEqual([]);
  });

  it('of calls can be read', () => {
    expect(calls.length).toBeGreaterThan(5);
    const audiences = new Set(['Product Restocked']);
    const refused = calls.map(({ page, line }) => ({ page, ...readSegmentLine(line, audiences) }));
    expect(refused.filter((call) => 'refused' in call)).toEqual([]);
  });
});
