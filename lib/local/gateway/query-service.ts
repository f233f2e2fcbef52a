// The query protocol, which older clients speak where newer ones send JSON: a form in, XML out. Operations are those of the JSON
// protocol; how members are spelled in a form and in XML is told beside them.
// https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
import type { JsonOperation } from './json-service.ts';
import type { Answer, Service, ServiceRequest } from './service.ts';
import { ServiceError } from './service-error.ts';
import { xmlDocument, type XmlContent, type XmlMembers } from './xml.ts';

/** How the members of a service are spelled in this protocol. Lists that are spelled `Name.member.1` need no word. */
export interface QuerySpelling {
  /** Lists of requests without `member`: `AttributeName` (`AttributeName.1=…`) is the member `AttributeNames`. */
  readonly requestLists?: Readonly<Record<string, string>>;
  /** Maps of requests: `MessageAttribute` (`MessageAttribute.1.Name=…`, `.Value=…`) is the member `MessageAttributes`. */
  readonly requestMaps?: Readonly<Record<string, string>>;
  /** Members that are numbers or truth values; everything else of a form is text. */
  readonly numbers?: ReadonlySet<string>;
  readonly booleans?: ReadonlySet<string>;
  /** The element that stands once for each entry of a list in an answer; undefined: `<Name><member>`. */
  readonly listElement?: (operation: string, member: string) => string | undefined;
  /** Maps of answers, and the element of their entries. */
  readonly answerMaps?: Readonly<Record<string, string>>;
  /** Members of answers that JSON gives in seconds and XML as a date. */
  readonly timestamps?: ReadonlySet<string>;
}

export interface QueryServiceOptions {
  readonly signingName: string;
  readonly title: string;
  /** Of the answers: `http://queue.amazonaws.com/doc/2012-11-05/` */
  readonly namespace: string;
  readonly operations: Readonly<Record<string, JsonOperation>>;
  readonly spelling: QuerySpelling;
  /** What an error is called in this protocol, where that is not its name. */
  readonly errorCode?: (error: ServiceError) => { readonly code: string; readonly status: number };
}

const XML = { 'content-type': 'text/xml' };

export function queryService(options: QueryServiceOptions): Service {
  const { signingName, title, namespace, operations, spelling } = options;
  return {
    signingName,
    title,
    operations: Object.keys(operations),
    operationOf: (request) => formOf(request).get('Action') ?? undefined,
    async answer(name, request): Promise<Answer | undefined> {
      const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
      if (operation === undefined) return undefined;
      const answered = (await operation(readForm(formOf(request), spelling))) ?? {};
      const result = xmlMembers(answered, name, spelling);
      const body = xmlDocument(`${name}Response`, namespace, {
        [`${name}Result`]: result,
        // The id of the request is in its header.
        ResponseMetadata: { RequestId: 'local' },
      });
      return { status: 200, headers: XML, body };
    },
    refusal: (error) => queryRefusal(error, namespace, options.errorCode?.(error)),
  };
}

/**
 * An error in XML.
 * @param namespace none where it is nobody's in particular.
 * @param called what it is called in this protocol, where that is not its name.
 */
export function queryRefusal(
  error: ServiceError,
  namespace?: string,
  called?: { readonly code: string; readonly status: number },
): Answer {
  const { name, status } = called === undefined ? error : { name: called.code, status: called.status };
  const code = COMMON_ERRORS[name] ?? name;
  const body = xmlDocument('ErrorResponse', namespace, {
    Error: { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: error.message },
    RequestId: 'local',
  });
  return { status, headers: XML, body };
}

/** What the JSON protocols call otherwise. https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
const COMMON_ERRORS: Readonly<Record<string, string>> = {
  UnknownOperationException: 'MissingAction',
  SerializationException: 'MalformedInput',
  ValidationException: 'ValidationError',
};

/** A form comes in the body, or in the address of a GET. */
function formOf({ method, query, body }: ServiceRequest): URLSearchParams {
  return method === 'GET' ? query : new URLSearchParams(body.toString());
}

type Node = string | { [part: string]: Node };

/** The input as the JSON protocol would give it. */
function readForm(form: URLSearchParams, spelling: QuerySpelling): unknown {
  const root: Node = emptyNode();
  for (const [name, value] of form) if (name !== 'Action' && name !== 'Version') place(root, name, value);
  return readNode(root, '', spelling);
}

/** Names of a form may be anything, `__proto__` too. */
function emptyNode(): { [part: string]: Node } {
  return Object.create(null) as { [part: string]: Node };
}

function place(root: { [part: string]: Node }, name: string, value: string): void {
  const parts = name.split('.');
  const last = parts.pop() ?? '';
  let node = root;
  for (const part of parts) {
    const next = (node[part] ??= emptyNode());
    if (typeof next === 'string') throw malformed(name);
    node = next;
  }
  if (last in node) throw malformed(name);
  node[last] = value;
}

function malformed(name: string): ServiceError {
  return new ServiceError('MalformedQueryString', `The form says "${name}" in two ways.`);
}

function readNode(node: Node, name: string, spelling: QuerySpelling): unknown {
  if (typeof node === 'string') return readText(node, name, spelling);
  const { requestLists = {}, requestMaps = {} } = spelling;
  const { member } = node;
  if (member !== undefined && Object.keys(node).length === 1)
    return entries(member).map((entry) => readNode(entry, name, spelling));
  return Object.fromEntries(
    Object.entries(node).map(([part, child]) => {
      const list = Object.hasOwn(requestLists, part) ? requestLists[part] : undefined;
      if (list !== undefined) return [list, entries(child).map((entry) => readNode(entry, part, spelling))];
      const map = Object.hasOwn(requestMaps, part) ? requestMaps[part] : undefined;
      if (map === undefined) return [part, readNode(child, part, spelling)];
      const pairs = entries(child).map((entry) => {
        if (typeof entry === 'string' || typeof entry['Name'] !== 'string') throw malformed(part);
        return [entry['Name'], readNode(entry['Value'] ?? '', part, spelling)] as const;
      });
      return [map, Object.fromEntries(pairs)];
    }),
  );
}

/** What a schema is to judge stays as it was: a number that is none is a text. */
function readText(text: string, name: string, { numbers, booleans }: QuerySpelling): unknown {
  if (numbers?.has(name) === true && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
  if (booleans?.has(name) === true && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

/** `X.1`, `X.2`, … in order; an empty list is spelled `X=`. */
function entries(node: Node): Node[] {
  if (typeof node === 'string') return node === '' ? [] : [node];
  return Object.keys(node)
    .toSorted((one, other) => Number(one) - Number(other))
    .flatMap((key) => node[key] ?? []);
}

function xmlMembers(value: object, operation: string, spelling: QuerySpelling): XmlMembers {
  const members: Record<string, XmlContent | readonly XmlContent[]> = {};
  for (const [name, member] of Object.entries(value as Readonly<Record<string, unknown>>)) {
    if (member === undefined) continue;
    const mapElement = spelling.answerMaps?.[name];
    if (Array.isArray(member)) {
      const list = member.map((entry) => xmlContent(entry, name, operation, spelling));
      const element = spelling.listElement?.(operation, name);
      if (element === undefined) members[name] = { member: list };
      else members[element] = list;
    } else if (mapElement === undefined) members[name] = xmlContent(member, name, operation, spelling);
    else
      members[mapElement] = Object.entries(member as object).map(([key, entry]) => ({
        Name: key,
        Value: xmlContent(entry, name, operation, spelling),
      }));
  }
  return members;
}

function xmlContent(value: unknown, name: string, operation: string, spelling: QuerySpelling): XmlContent {
  if (typeof value === 'object' && value !== null) return xmlMembers(value, operation, spelling);
  if (typeof value === 'number' && spelling.timestamps?.has(name) === true)
    return new Date(value * 1000).toISOString();
  return value as string | number | boolean;
}
