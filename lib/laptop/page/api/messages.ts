// The outbox: every message that a provider has taken, as it looks, what became of it, and what its customer does with it.
import * as z from 'zod';
import { channelSchema } from '#lib/contracts/step-calls.ts';
import { fromMillis, instantSchema } from '#lib/contracts/time.ts';
import { smsParts } from '#lib/messages/sms-length.ts';
import type { OutboxMessage, RunningCloud } from '../../running-cloud.ts';
import { PageProblem } from '../http/page-problem.ts';
import { read, readMessageHtml, write, type Route } from '../http/route.ts';
import { linksOf } from '../message-links.ts';
import { oneClickAddress, unsubscribeByOneClick } from '../one-click.ts';

/** Rows of one screen; the rest is behind "older". */
const PAGE = 50;

const rowSchema = z.object({
  id: z.string(),
  at: instantSchema,
  channel: channelSchema,
  to: z.string(),
  title: z.string().describe('Subject, or the first words'),
  state: z.string().optional().describe('What was reported last'),
  customer: z.string().optional(),
  external: z.string().optional(),
  journey: z.string().optional(),
  step: z.string().optional(),
  message: z.string().optional(),
});

const reactionKinds = ['open', 'click', 'reply', 'unsubscribe', 'complain', 'bounce'] as const;

export const messagesSchema = z.object({
  messages: z.array(rowSchema),
  all: z.int().describe('How many pass the filters'),
  next: z.int().optional(),
});

export const messageSchema = rowSchema.extend({
  hasHtml: z.boolean(),
  isForgotten: z.boolean().describe('Only its head is left'),
  text: z.string().optional(),
  content: z.unknown().optional(),
  parts: z.object({ parts: z.int(), characters: z.int(), room: z.int() }).optional(),
  links: z.array(
    z.object({
      text: z.string(),
      address: z.string(),
      isPage: z.boolean().describe('Of the deployment: answers here'),
    }),
  ),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  hasOneClick: z.boolean().describe('A mail program would show a button that unsubscribes'),
  reports: z.array(z.object({ at: instantSchema, what: z.string(), detail: z.string().optional() })),
  reactions: z.array(z.enum(reactionKinds)),
});

const filterSchema = z.object({
  channel: channelSchema.optional(),
  journey: z.string().optional(),
  customer: z.string().optional().describe('The id of the deployment or of the applications, or an address'),
  state: z.string().optional(),
  from: z.coerce.number().int().min(0).default(0),
});

const reactionSchema = z.object({
  kind: z.enum(reactionKinds),
  link: z.string().optional(),
  text: z.string().trim().min(1, 'say something').max(2000).optional(),
});

export function messageRoutes(cloud: RunningCloud): readonly Route[] {
  const found = (id = ''): OutboxMessage => {
    const message = cloud.outbox.get(id);
    if (message === undefined) throw new PageProblem(404, 'There is no such message in the outbox.');
    return message;
  };
  return [
    read('/api/messages', { input: filterSchema, output: messagesSchema }, ({ from, ...filter }) => {
      const passing = filtered(cloud, filter);
      const next = from + PAGE;
      return {
        messages: passing.slice(from, next).map((message) => rowOf(cloud, message)),
        all: passing.length,
        ...(next < passing.length && { next }),
      };
    }),

    read('/api/messages/{id}', { input: z.object({}), output: messageSchema }, (_, { id }) => {
      const message = found(id);
      const { channel, html, text, content, reports, reactions, headers = [] } = message;
      return {
        ...rowOf(cloud, message),
        hasHtml: html !== undefined,
        isForgotten: message.isForgotten === true,
        ...(text !== undefined && { text }),
        ...(content !== undefined && { content }),
        ...(channel === 'sms' && text !== undefined && { parts: smsParts(text) }),
        links: linksOf(message),
        headers: [...headers],
        hasOneClick: oneClickAddress(message) !== undefined,
        reports: reports.map(({ at, what }) => ({ at: fromMillis(at), ...readReport(what) })),
        reactions: [...reactions],
      };
    }),

    write(
      '/api/messages/{id}/one-click',
      { input: z.object({}), output: z.object({ status: z.int().describe('Of the page') }) },
      async (_, { id }) => {
        const address = oneClickAddress(found(id));
        if (address === undefined)
          throw new PageProblem(409, 'A mail program would show no button for this message.');
        return { status: await unsubscribeByOneClick(address) };
      },
    ),

    readMessageHtml('/api/messages/{id}/html', ({ id }) => found(id).html ?? ''),

    write(
      '/api/messages/{id}/reactions',
      { input: reactionSchema, output: z.object({}) },
      async ({ kind, link, text }, { id }) => {
        const message = found(id);
        if (!message.reactions.includes(kind))
          throw new PageProblem(409, `Nobody can ${kind} a message on this channel (${message.channel}).`);
        if (kind === 'reply' && text === undefined) throw new PageProblem(400, 'Say something.', 'text');
        if (kind === 'reply') await cloud.outbox.react(message.id, { kind, text: text ?? '' });
        else if (kind === 'click')
          await cloud.outbox.react(message.id, link === undefined ? { kind } : { kind, link });
        else await cloud.outbox.react(message.id, { kind });
        return {};
      },
    ),
  ];
}

/** The list itself where nothing is filtered: it is long. */
function filtered(
  cloud: RunningCloud,
  { channel, journey, customer, state }: Omit<z.output<typeof filterSchema>, 'from'>,
): readonly OutboxMessage[] {
  const all = cloud.outbox.messages();
  if ([channel, journey, customer, state].every((one) => one === undefined)) return all;
  const id = customer === undefined ? undefined : cloud.customers.idOf(customer);
  return all.filter(
    (message) =>
      (channel === undefined || message.channel === channel) &&
      (journey === undefined || message.journey === journey) &&
      (state === undefined || stateOf(message) === state) &&
      (customer === undefined ||
        message.customer === customer ||
        message.customer === id ||
        message.to.includes(customer)),
  );
}

function stateOf({ reports }: OutboxMessage): string {
  const last = reports.at(-1);
  return last === undefined ? 'sent' : readReport(last.what).what;
}

/** `clicked: https://…` is a state and what belongs to it. */
function readReport(report: string): { what: string; detail?: string } {
  const [what = report, detail] = report.split(/: (.*)/s);
  return detail === undefined ? { what } : { what, detail };
}

function rowOf(cloud: RunningCloud, message: OutboxMessage): z.input<typeof rowSchema> {
  const { id, at, channel, to, customer, journey, step, message: name } = message;
  const external = customer === undefined ? undefined : cloud.customers.get(customer)?.external;
  return {
    id,
    at: fromMillis(at),
    channel,
    to: to.join(', '),
    title: titleOf(message),
    state: stateOf(message),
    ...(customer !== undefined && { customer }),
    ...(external !== undefined && { external }),
    ...(journey !== undefined && { journey }),
    ...(step !== undefined && { step }),
    ...(name !== undefined && { message: name }),
  };
}

/** What a list shows of a message before somebody opens it. */
function titleOf({ subject, text, content, message }: OutboxMessage): string {
  if (subject !== undefined) return subject;
  const fields = typeof content === 'object' && content !== null ? Object.entries(content) : [];
  const said = ['title', 'preview', 'body', 'text', 'template', 'address'].flatMap((name) =>
    fields.flatMap(([key, value]) => (key === name && typeof value === 'string' ? [value] : [])),
  );
  const first = text ?? said[0] ?? message ?? '';
  return first.length > 120 ? `${first.slice(0, 119)}…` : first;
}
