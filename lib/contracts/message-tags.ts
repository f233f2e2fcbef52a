/**
 * The tags of an e-mail: SES hands them back with every event about it, so that nothing has to be looked up. Names and values may
 * only have ASCII letters, digits, `_` and `-`, at most 256 of them
 * (https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageTag.html).
 */
import { sentMessageSchema, type SentMessage } from './sent-message.ts';

/** Longest value of a tag. What is longer goes on in the tags `<name>-2`, `<name>-3`. */
const LONGEST_VALUE = 256;
const FIELDS = ['customer', 'run', 'step', 'visit', 'journey', 'message', 'topic'] as const;
/** Tells the messages of deployments in one account apart. */
const DEPLOYMENT = 'deployment';

export interface MessageTag {
  readonly Name: string;
  readonly Value: string;
}

/** Whatever the ids hold, the values stay in the alphabet of SES. */
export function messageTags(deployment: string, sent: SentMessage): MessageTag[] {
  const named = [[DEPLOYMENT, deployment], ...FIELDS.map((field) => [field, sent[field]])] as const;
  return named.flatMap(([name, value]) => (value === undefined ? [] : tagsOf(String(name), String(value))));
}

/**
 * What {@link messageTags} has written, as SES gives it back: a list of values for each name.
 * @returns undefined where they are not those of a message of this deployment.
 */
export function readMessageTags(
  deployment: string,
  tags: Readonly<Record<string, readonly string[]>>,
): SentMessage | undefined {
  if (valueOf(tags, DEPLOYMENT) !== deployment) return undefined;
  const fields = FIELDS.map((field) => [field, valueOf(tags, field)] as const);
  const { visit, ...sent } = Object.fromEntries(fields);
  return sentMessageSchema.safeParse({ ...sent, visit: Number(visit) }).data;
}

function tagsOf(name: string, value: string): MessageTag[] {
  const escaped = escape(value);
  const parts = Math.ceil(escaped.length / LONGEST_VALUE);
  return Array.from({ length: parts }, (_, part) => ({
    Name: partName(name, part),
    Value: escaped.slice(part * LONGEST_VALUE, (part + 1) * LONGEST_VALUE),
  }));
}

function valueOf(tags: Readonly<Record<string, readonly string[]>>, name: string): string | undefined {
  const parts: string[] = [];
  for (;;) {
    const key = partName(name, parts.length);
    const value = Object.hasOwn(tags, key) ? tags[key]?.[0] : undefined;
    if (value === undefined) break;
    parts.push(value);
  }
  return parts.length === 0 ? undefined : unescape(parts.join(''));
}

function partName(name: string, part: number): string {
  return part === 0 ? name : `${name}-${part + 1}`;
}

/** Every byte outside letters, digits and `-` as `_` and two hex digits, `_` itself included. */
function escape(value: string): string {
  return Array.from(new TextEncoder().encode(value), (byte) => {
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9-]/.test(character) ? character : `_${byte.toString(16).padStart(2, '0')}`;
  }).join('');
}

/** Undefined for what {@link escape} cannot have written. */
function unescape(value: string): string | undefined {
  try {
    return decodeURIComponent(value.replaceAll('_', '%'));
  } catch {
    return undefined;
  }
}
