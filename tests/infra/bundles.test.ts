import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STEP_FUNCTION_NAMES } from '#lib/contracts/deployment-names.ts';
import { packedFunctions, type Bundles } from '../bundles-fixture.ts';

/** Lambda loads every byte before the first call: a megabyte, minified, for each function. */
const BUDGET = 1_000_000;

let bundles: Bundles;
beforeAll(async () => {
  bundles = await packedFunctions();
}, 120_000);
afterAll(() => bundles.remove());

/** Which functions have a file in their code whose path contains the text. */
function containing(text: string): string[] {
  return bundles.functions
    .filter(({ inputs }) => [...inputs].some(([file, bytes]) => bytes > 0 && file.includes(text)))
    .map(({ name }) => name);
}

describe('the code of functions', () => {
  it('is there for every kind of Task', () => {
    const names = bundles.functions.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(Object.values(STEP_FUNCTION_NAMES)));
  });

  it('is a file of its own for each, with a handler, below a megabyte', () => {
    const codes = bundles.functions.map(({ name }) => ({
      name,
      code: readFileSync(join(bundles.folder, name, 'index.mjs')),
    }));
    expect(codes.filter(({ code }) => code.length >= BUDGET).map(({ name }) => name)).toEqual([]);
    const handlers = /export\{[^}]*\bas handler\b/;
    expect(codes.filter(({ code }) => !handlers.test(code.toString())).map(({ name }) => name)).toEqual([]);
  });

  it.each(['client-sesv2', 'client-pinpoint', 'client-pinpoint-sms-voice-v2', 'client-socialmessaging'])(
    'can reach customers by %s in send-message alone',
    (client) => {
      expect(containing(`@aws-sdk/${client}/`)).toEqual(['send-message']);
    },
  );

  it('has the client of Lambda in invoke-function alone', () => {
    expect(containing('@aws-sdk/client-lambda/')).toEqual(['invoke-function']);
  });

  it('renders messages where they are sent, and nowhere else', () => {
    expect(containing('lib/messages/create-renderer.ts')).toEqual(['send-message']);
  });

  it('has nothing of simulations in it: no virtual clock, no table in memory, no compiler', () => {
    const layers = ['lib/local/', 'lib/simulator/', 'lib/adapters/memory/', 'lib/compiler/', 'lib/infra/'];
    expect(layers.filter((layer) => containing(layer).length > 0)).toEqual([]);
  });

  it('does not load fetch at every start, as importing node:http as a module would', () => {
    const codes = bundles.functions.map(({ name }) => ({
      name,
      code: readFileSync(join(bundles.folder, name, 'index.mjs'), 'utf8'),
    }));
    expect(codes.filter(({ code }) => /\bfrom"(?:node:)?http"/.test(code)).map(({ name }) => name)).toEqual(
      [],
    );
    expect(codes.filter(({ code }) => code.includes('getBuiltinModule')).length).toBe(codes.length);
  });

  it.each([
    ['versions of packages in all their forms', 'node_modules/semver/', 0],
    ['streamed answers, but for the client of Lambda', 'core/dist-es/submodules/event-streams/', 1],
  ])('has nothing of %s', (_, path, functions) => {
    expect(containing(path).length).toBe(functions);
  });

  it.each([
    // Whichever of these has grown: the library's file has changed its form, and lib/infra/code-left-out.ts does not know it any more.
    ['how telephone numbers are written', 'libphonenumber-js/metadata.min.json.js', 40_000],
    ['schemas described as JSON Schema', 'zod/v4/core/json-schema-processors.js', 2_000],
    ['scripts and dependencies of a client', '@aws-sdk/client-dynamodb/package.json', 200],
    ['forms of operations nobody calls', '@aws-sdk/client-dynamodb/dist-es/schemas/', 10_000],
  ])('has left out %s', (_, path, limit) => {
    const sizes = bundles.functions.flatMap(({ inputs }) =>
      [...inputs].filter(([file]) => file.includes(path)).map(([, bytes]) => bytes),
    );
    expect(sizes.length).toBeGreaterThan(0);
    expect(Math.max(...sizes)).toBeLessThan(limit);
  });

  it('does not look for credentials beside those that Lambda hands over', () => {
    const ways = ['sso', 'ini', 'process', 'web-identity', 'login', 'http'];
    const found = ways.filter((way) => containing(`@aws-sdk/credential-provider-${way}/`).length > 0);
    expect(found).toEqual([]);
  });
});
