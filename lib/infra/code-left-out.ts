/**
 * What libraries bring along and no function of ours ever uses, left out while packing: Lambda reads every byte before the first call
 * (ADR 31). Each names the library's file, so that what it does to a newer version is seen by the tests of bundles.
 */
import { readFile } from 'node:fs/promises';
import type { OnLoadResult, Plugin } from 'esbuild';
import type { MetadataJson } from 'libphonenumber-js/core';

/** A plugin that changes the text of the files whose path matches. */
function rewriting(name: string, filter: RegExp, rewrite: (text: string) => string): Plugin {
  return {
    name,
    setup: (packing) => {
      packing.onLoad({ filter }, async ({ path }): Promise<OnLoadResult> => {
        return { contents: rewrite(await readFile(path, 'utf8')), loader: 'js' };
      });
    },
  };
}

/** A schema as the SDK's generator writes it: a list, over one line or several, in a statement of its own. */
const SCHEMA = /^((?:export )?var \w+\$? = )(\[[^;]*\]);$/gm;

/**
 * Clients of AWS describe the forms of all their operations in one file. esbuild keeps them all, because it cannot know that putting such
 * a list together does nothing else; as functions that are called at once and marked as pure, those of the operations that nobody calls
 * fall away (half of the clients of channels).
 */
const OPERATIONS_NOT_CALLED = rewriting(
  'operations-not-called',
  /@aws-sdk\/client-[^/]+\/dist-es\/schemas\/schemas_\d+\.js$/,
  (text) =>
    text.replace(SCHEMA, (_, begin: string, list: string) => `${begin}/* @__PURE__ */ (() => ${list})();`),
);

/** Where the metadata of a country or calling code keeps how its numbers are written with spaces and brackets. */
const FORMATS = 4;

/** Plans of numbers by the name of their country or by their calling code, each a list of what is known about it. */
function withoutPlansFormats(plans: object): object {
  return Object.fromEntries(
    Object.entries(plans).map(([name, plan]: [string, readonly unknown[]]) => [
      name,
      plan.map((part, place) => (place === FORMATS ? [] : part)),
    ]),
  );
}

/** The metadata of telephone numbers without how to write them: which country a number belongs to does not depend on it. */
export function withoutFormats(metadata: MetadataJson): MetadataJson {
  // The library's types know neither the lists of which a plan is made nor calling codes without a country.
  const { nonGeographic = {} } = metadata as { nonGeographic?: object };
  return {
    ...metadata,
    countries: withoutPlansFormats(metadata.countries),
    nonGeographic: withoutPlansFormats(nonGeographic),
  } as MetadataJson;
}

/** We ask for the country of a number and never show one to a reader: 50 of the metadata's 82 KB. */
const FORMATS_OF_NUMBERS = rewriting(
  'formats-of-numbers',
  /libphonenumber-js\/metadata\.min\.json\.js$/,
  (text) => {
    const json = text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1);
    return `export default ${JSON.stringify(withoutFormats(JSON.parse(json) as MetadataJson))};`;
  },
);

/** How zod describes a schema as JSON Schema: 18 KB, for the schemas of editors and the reference, which no function writes. */
const SCHEMAS_OF_SCHEMAS = rewriting(
  'schemas-of-schemas',
  /zod\/v4\/core\/(?:json-schema-processors|to-json-schema)\.js$/,
  (text) =>
    Array.from(
      text.matchAll(/^export (?:const|function) (\w+)/gm),
      ([, name]) => `export const ${name} = () => { throw new Error('left out of functions'); };`,
    ).join('\n'),
);

/** Clients tell AWS their own version; the rest of their package.json is a list of scripts and dependencies. */
const PACKAGES_IN_FULL = rewriting(
  'packages-in-full',
  /(?:@aws-sdk\/[^/]+|aws-xray-sdk-core)\/package\.json$/,
  (text) => {
    const { name, version } = JSON.parse(text) as { name: string; version: string };
    return `module.exports = ${JSON.stringify({ name, version })};`;
  },
);

/**
 * The tracer asks whether Node is at least version 8, and of the SDK before the present one whether it is new enough to be traced, with a
 * library of 29 KB that understands every way of writing versions.
 */
const VERSIONS_OF_THE_PAST: Plugin = {
  name: 'versions-of-the-past',
  setup: (packing) => {
    const namespace = 'versions-of-the-past';
    packing.onResolve({ filter: /^semver$/ }, () => ({ path: 'semver', namespace }));
    packing.onLoad({ filter: /^semver$/, namespace }, () => ({
      contents: 'exports.gte = () => true;',
    }));
  },
};

/** Answers that come as streams of events: a client loads what reads them when an operation has one, and we call none. */
const STREAMED_ANSWERS: Plugin = {
  name: 'streamed-answers',
  setup: (packing) => {
    packing.onResolve({ filter: /^@smithy\/core\/event-streams$/ }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    );
  },
};

/**
 * A module that imports `node:http` has Node ask for each of its exports; some of them (`WebSocket`, `CloseEvent`, `MessageEvent`) load the
 * whole of `fetch` on being asked for, which takes as long as a quarter of a start. As an object that is not taken apart, it does not.
 * https://nodejs.org/api/process.html#processgetbuiltinmoduleid
 */
const HTTP_WITHOUT_FETCH: Plugin = {
  name: 'http-without-fetch',
  setup: (packing) => {
    const namespace = 'http-without-fetch';
    packing.onResolve({ filter: /^(?:node:)?http$/ }, () => ({ path: 'http', namespace }));
    packing.onLoad({ filter: /^http$/, namespace }, () => ({
      contents: "module.exports = process.getBuiltinModule('node:http');",
    }));
  },
};

/** For esbuild, together. */
export const CODE_LEFT_OUT: readonly Plugin[] = [
  OPERATIONS_NOT_CALLED,
  FORMATS_OF_NUMBERS,
  SCHEMAS_OF_SCHEMAS,
  PACKAGES_IN_FULL,
  VERSIONS_OF_THE_PAST,
  STREAMED_ANSWERS,
  HTTP_WITHOUT_FETCH,
];
