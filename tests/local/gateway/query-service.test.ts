import { XMLParser } from 'fast-xml-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { queryService } from '#lib/local/gateway/query-service.ts';
import type { ServiceRequest } from '#lib/local/gateway/service.ts';
import { ServiceError } from '#lib/local/gateway/service-error.ts';

function request(form: Readonly<Record<string, string>>): ServiceRequest {
  const body = Buffer.from(new URLSearchParams({ Action: 'Echo', Version: '1', ...form }).toString());
  return { method: 'POST', path: '/', query: new URLSearchParams(), headers: {}, body };
}

/** Tells what an operation was called with, and answers what it is given. */
function echo(answer: object = {}) {
  const inputs: unknown[] = [];
  const service = queryService({
    signingName: 'echo',
    title: 'Echo',
    namespace: 'http://echo/',
    operations: {
      Echo(input) {
        inputs.push(input);
        return answer;
      },
    },
    spelling: {
      requestLists: { Colour: 'Colours', Entry: 'Entries' },
      requestMaps: { Attribute: 'Attributes' },
      numbers: new Set(['Count']),
      booleans: new Set(['IsNew']),
      listElement: (operation, member) => (member === 'Results' ? `${operation}Result` : undefined),
      answerMaps: { Attributes: 'Attribute' },
      timestamps: new Set(['At']),
    },
  });
  return { service, inputs };
}

async function read(form: Readonly<Record<string, string>>): Promise<unknown> {
  const { service, inputs } = echo();
  await service.answer('Echo', request(form));
  return inputs[0];
}

async function written(answer: object): Promise<string> {
  const told = await echo(answer).service.answer('Echo', request({}));
  return String(told?.body);
}

describe('a form', () => {
  it('is read as JSON would say it', async () => {
    const form = {
      Name: '1',
      Count: '7',
      IsNew: 'true',
      'Colour.2': 'blue',
      'Colour.10': 'red',
      'Colour.1': 'green',
      'Entry.1.Id': 'a',
      'Entry.1.Attribute.1.Name': 'shop',
      'Entry.1.Attribute.1.Value.Type': 'String',
      'Data.member.1.Values.member.1': 'x',
    };
    expect(await read(form)).toEqual({
      Name: '1',
      Count: 7,
      IsNew: true,
      Colours: ['green', 'blue', 'red'],
      Entries: [{ Id: 'a', Attributes: { shop: { Type: 'String' } } }],
      Data: [{ Values: ['x'] }],
    });
  });

  it('leaves to the schema what is no number', async () => {
    expect(await read({ Count: 'many', IsNew: 'perhaps' })).toEqual({ Count: 'many', IsNew: 'perhaps' });
  });

  it('can name nothing but its own members', async () => {
    const told = await read({ '__proto__.x': 'polluted', 'constructor.prototype.x': 'polluted' });
    expect([Object.getPrototypeOf(told as object), ({} as { x?: string }).x]).toEqual([
      Object.prototype,
      undefined,
    ]);
  });

  it.each([{ Colour: 'x', 'Colour.1': 'y' }, { 'Attribute.1': 'x' }, { 'Attribute.1.Value': 'x' }])(
    'that contradicts itself is refused: %j',
    async (form) => {
      await expect(read(form as unknown as Record<string, string>)).rejects.toMatchObject({
        name: 'MalformedQueryString',
      });
    },
  );
});

describe('an answer', () => {
  it('spells lists, maps and times as XML does', async () => {
    const xml = await written({
      Results: [{ Id: 'a' }, { Id: 'b' }],
      Others: ['x'],
      Attributes: { k: 'v' },
      At: 1.5,
    });
    expect(xml).toContain(
      '<EchoResponse xmlns="http://echo/"><EchoResult><EchoResult><Id>a</Id></EchoResult><EchoResult><Id>b</Id></EchoResult>',
    );
    expect(xml).toContain(
      '<Others><member>x</member></Others><Attribute><Name>k</Name><Value>v</Value></Attribute><At>1970-01-01T00:00:01.500Z</At>',
    );
  });

  it('gives every text back as it was, whatever it says', async () => {
    const character = fc.oneof(
      fc.constantFrom('<', '&', '"', '>', '\r', '\n', '\t', ']]>', '&amp;', '&#13;'),
      fc.string({ unit: 'grapheme', maxLength: 3 }),
    );
    const parser = new XMLParser({ trimValues: false, parseTagValue: false, htmlEntities: true });
    await fc.assert(
      fc.asyncProperty(fc.array(character, { minLength: 1 }), async (parts) => {
        const text = `a${parts.join('')}z`;
        const parsed = parser.parse(await written({ Text: text })) as {
          EchoResponse: { EchoResult: { Text: string } };
        };
        expect(parsed.EchoResponse.EchoResult.Text).toBe(text);
      }),
    );
  });

  it('that is a refusal says whose fault it is', () => {
    const { service } = echo();
    const told = (status: number) =>
      String(service.refusal(new ServiceError('Busy', 'a < b', status), request({})).body);
    expect(told(400)).toContain(
      '<Error><Type>Sender</Type><Code>Busy</Code><Message>a &#60; b</Message></Error>',
    );
    expect(told(500)).toContain('<Type>Receiver</Type>');
  });
});
