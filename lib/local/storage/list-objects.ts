// What is in a bucket, page by page, and many deleted at once.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import * as z from 'zod';
import type { Answer, ServiceRequest } from '../gateway/service.ts';
import { ServiceError } from '../gateway/service-error.ts';
import { xmlDocument } from '../gateway/xml.ts';
import type { LocalBucket } from './bucket.ts';
import { NAMESPACE, XML } from './object-operations.ts';
import { readBody } from './object-body.ts';

/** On one page, and in one request to delete. */
const MOST_KEYS = 1000;

export function listObjects(bucket: LocalBucket, { query }: ServiceRequest): Answer {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const token = query.get('continuation-token');
  const after =
    token === null ? (query.get('start-after') ?? '') : Buffer.from(token, 'base64url').toString();
  const asked = Number(query.get('max-keys') ?? MOST_KEYS);
  if (!Number.isInteger(asked) || asked < 0)
    throw new ServiceError(
      'InvalidArgument',
      'Argument max-keys must be an integer between 0 and 2147483647',
    );
  const most = Math.min(asked, MOST_KEYS);
  const written =
    query.get('encoding-type') === 'url'
      ? (text: string) => encodeURIComponent(text).replaceAll('%2F', '/')
      : (text: string) => text;
  const entries = grouped(
    bucket.keys().filter((key) => key.startsWith(prefix)),
    prefix,
    delimiter,
  ).filter((entry) => Buffer.compare(Buffer.from(entry.name), Buffer.from(after)) > 0);
  const page = entries.slice(0, most);
  const isTruncated = most > 0 && entries.length > page.length;
  const body = xmlDocument('ListBucketResult', NAMESPACE, {
    Name: bucket.name,
    Prefix: written(prefix),
    Delimiter: delimiter === '' ? undefined : written(delimiter),
    MaxKeys: most,
    EncodingType: query.get('encoding-type') ?? undefined,
    KeyCount: page.length,
    IsTruncated: isTruncated,
    ContinuationToken: token ?? undefined,
    NextContinuationToken: isTruncated
      ? Buffer.from(page.at(-1)?.name ?? '').toString('base64url')
      : undefined,
    StartAfter: query.get('start-after') ?? undefined,
    Contents: page.flatMap(({ name, isGroup }) => {
      const object = isGroup ? undefined : bucket.get(name);
      if (object === undefined) return [];
      return {
        Key: written(name),
        LastModified: new Date(object.modifiedAt).toISOString(),
        ETag: object.etag,
        Size: object.body.length,
        StorageClass: 'STANDARD',
      };
    }),
    CommonPrefixes: page.filter(({ isGroup }) => isGroup).map(({ name }) => ({ Prefix: written(name) })),
  });
  return { status: 200, headers: XML, body };
}

/** Keys, of which those that go on behind a delimiter are one entry. */
function grouped(
  keys: readonly string[],
  prefix: string,
  delimiter: string,
): readonly { readonly name: string; readonly isGroup: boolean }[] {
  const entries = new Map<string, boolean>();
  for (const key of keys) {
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    if (end === -1) entries.set(key, false);
    else entries.set(key.slice(0, end + delimiter.length), true);
  }
  return [...entries].map(([name, isGroup]) => ({ name, isGroup }));
}

const deleteSchema = z.strictObject({
  Delete: z.strictObject({
    Object: z
      .array(z.strictObject({ Key: z.string().min(1) }))
      .min(1)
      .max(MOST_KEYS),
    Quiet: z.enum(['true', 'false']).default('false'),
  }),
});

const PARSER = new XMLParser({
  parseTagValue: false,
  // Keys may begin and end with blanks.
  trimValues: false,
  isArray: (name) => name === 'Object',
  ignoreDeclaration: true,
  // Text between the elements, which pretty printing leaves.
  alwaysCreateTextNode: false,
});

export function deleteObjects(bucket: LocalBucket, { headers, body }: ServiceRequest): Answer {
  const { Object: objects, Quiet: quiet } = readDelete(readBody({ headers, body }).toString());
  for (const { Key: key } of objects) bucket.remove(key);
  const deleted = quiet === 'true' ? [] : objects.map(({ Key }) => ({ Key }));
  return {
    status: 200,
    headers: XML,
    body: xmlDocument('DeleteResult', NAMESPACE, { Deleted: deleted }),
  };
}

function readDelete(text: string): z.infer<typeof deleteSchema>['Delete'] {
  const malformed = new ServiceError(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
  if (XMLValidator.validate(text) !== true) throw malformed;
  const parsed = deleteSchema.safeParse(withoutText(PARSER.parse(text)));
  if (!parsed.success) throw malformed;
  return parsed.data.Delete;
}

/** Blanks between elements come as texts of their own. */
function withoutText(node: unknown): unknown {
  if (Array.isArray(node)) return node.map((one) => withoutText(one));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([name, value]) => name !== '#text' || String(value).trim() !== '')
      .map(([name, value]) => [name, withoutText(value)]),
  );
}
