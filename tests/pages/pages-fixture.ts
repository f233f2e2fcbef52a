// The pages of a shop over a table in memory, asked as a browser asks.
import { MemoryDocuments } from '#lib/adapters/memory/documents.ts';
import { compileManifest } from '#lib/compiler/compile.ts';
import { customerLinkSchema, type CustomerLink, type LinkPurpose } from '#lib/contracts/customer-link.ts';
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import { parseInstant, type Instant } from '#lib/contracts/time.ts';
import { newDocument, type CustomerDocument } from '#lib/engine/document.ts';
import { engineSettings } from '#lib/engine/engine-settings.ts';
import { decideAndCommit, type DecidingPorts, type Engine } from '#lib/engine/use-cases/engine.ts';
import { createWorkspace, type Workspace } from '#lib/engine/workspace.ts';
import { settingsSchema } from '#lib/journey/settings.ts';
import { answerRequest, type Answered } from '#lib/pages/answer-request.ts';
import { createLinkSigner } from '#lib/pages/links/link-signer.ts';
import { manifest, pause } from '../laws/world/journeys.ts';
import type { PageAnswer } from '#lib/pages/request.ts';

export const CUSTOMER = '0f'.repeat(16);
export const SEND = { run: 'ab'.repeat(12), step: 'remind', visit: 1 };
export const SEND_KEY = `${SEND.run}/remind/1`;

export function instant(text: string): Instant {
  const found = parseInstant(text);
  if (found === undefined) throw new Error(`${text} is no instant`);
  return found;
}

const SETTINGS = settingsSchema.parse({
  brand: { name: 'Hearth & Oak', address: '1 Mill Lane, Bristol' },
  timezone: 'Europe/London',
  locale: 'en',
  senders: { default: { email: { from: 'hello@shop.example' }, sms: { sender: 'Shop' } } },
  topics: {
    promotions: { name: 'Offers', description: 'Discounts and <new> products' },
    news: { name: 'News' },
    letters: { name: 'Letters', confirm: true },
  },
});

export interface TestPages {
  readonly documents: MemoryDocuments;
  readonly workspace: Workspace;
  readonly engine: Engine<DecidingPorts>;
  /** Moves the clock there. */
  at(text: string): void;
  document(): CustomerDocument;
  /** A link of this purpose, made at this instant or now. */
  path(
    purpose: LinkPurpose,
    given?: { readonly [Field in keyof CustomerLink]?: CustomerLink[Field] | undefined },
  ): string;
  get(path: string, given?: { readonly method?: string; readonly languages?: string }): Promise<PageAnswer>;
  post(path: string, fields?: Readonly<Record<string, string>> | URLSearchParams): Promise<PageAnswer>;
  /** As `get`, with what was told to the log. */
  ask(path: string, method: string, form?: URLSearchParams): Promise<Answered>;
  /** As the application tells it, now. */
  grant(topic: string, channel: string): Promise<void>;
  tell(event: string, properties: Readonly<Record<string, unknown>>): Promise<void>;
  identify(traits: Readonly<Record<string, unknown>>): Promise<void>;
  /** What the timeline has, beside what was decided here. */
  readonly decisions: LogEntry[];
  /** The table fails from now on, or no more. */
  break(how: Error | undefined): void;
}

function versionsOf(event: string | undefined) {
  if (event === undefined) return { manifests: [], newest: {} };
  const flow = { rest: pause('9 days', null) };
  const { manifest: compiled, version } = compileManifest(manifest('answers', event, flow));
  return { manifests: [compiled], newest: { answers: version } };
}

/**
 * @param answers the event that lets into a journey called `answers`; absent: there is no journey.
 * With a customer who allows offers and news by e-mail and has got a message.
 */
export async function testPages({ answers }: { readonly answers?: string } = {}): Promise<TestPages> {
  const decisions: LogEntry[] = [];
  const documents = new MemoryDocuments(({ log }) => decisions.push(...log));
  const signer = createLinkSigner('secret of the shop');
  let now = instant('2026-03-02T10:00:00Z');
  let broken: Error | undefined;
  const store = {
    load: (customer: string) => (broken ? Promise.reject(broken) : documents.load(customer)),
    commit: (document: CustomerDocument) => (broken ? Promise.reject(broken) : documents.commit(document)),
  };
  const engine: Engine<DecidingPorts> = {
    workspace: createWorkspace({ ...versionsOf(answers), settings: engineSettings(SETTINGS) }),
    ports: {
      store,
      clock: { now: () => now, monotonic: () => 0 },
      switches: { current: () => Promise.resolve(new Map()) },
    },
  };
  const sent = {
    key: SEND_KEY,
    journey: 'cart-recovery',
    step: 'remind',
    message: 'cart-reminder@0f0f0f0f0f0f',
    channel: 'email',
    topic: 'promotions',
    class: 'marketing',
    at: instant('2026-03-01T10:00:00Z'),
    attempt: 1,
    state: 'accepted',
  } as const;
  await documents.commit({ ...newDocument(CUSTOMER, 'ada@example.com', now), revision: 1, sends: [sent] });
  const traits = { email: 'ada@example.com', phone: '+447700900123' };
  const common = { id: 'seed', at: now, received: now };
  await decideAndCommit(engine, CUSTOMER, [
    { kind: 'identify', ...common, traits },
    ...['promotions', 'news'].map((topic) => ({
      kind: 'event' as const,
      ...common,
      id: `seed-${topic}`,
      event: 'Consent Changed',
      properties: { topic, channel: 'email', granted: true },
    })),
  ]);
  const found = (): CustomerDocument => {
    const [document] = documents.all();
    if (document === undefined) throw new Error('nothing is stored');
    return document;
  };
  const site = {
    engine,
    settings: SETTINGS,
    decisions: () => Promise.resolve(decisions),
    everything: (customer: string) => {
      const { external, log: _log, recent: _recent, ...document } = found();
      const beside = { timeline: [...decisions], inApp: [], consent: [], identities: [], more: [] };
      return Promise.resolve({
        format: 1 as const,
        exported: now,
        customer,
        external: external.user,
        document,
        ...beside,
      });
    },
    signer: () => Promise.resolve(signer),
  };
  const tell: TestPages['tell'] = async (event, properties) => {
    const id = `${event} ${JSON.stringify(properties)} ${now}`;
    const when = { id, at: now, received: now };
    await decideAndCommit(engine, CUSTOMER, [{ kind: 'event', ...when, event, properties }]);
  };
  const ask: TestPages['ask'] = (path, method, form = new URLSearchParams()) =>
    answerRequest(site, { method, path, form, languages: '' });
  return {
    documents,
    workspace: engine.workspace,
    engine,
    decisions,
    at: (text) => void (now = instant(text)),
    document: found,
    path: (purpose, given) =>
      `/${purpose}/${signer.sign(
        customerLinkSchema.parse({
          purpose,
          customer: CUSTOMER,
          expires: instant('2031-02-28T10:00:00Z'),
          send: SEND,
          topic: 'promotions',
          channel: 'email',
          ...given,
        }),
      )}`,
    async get(path, { method = 'GET', languages = '' } = {}) {
      const { answer } = await answerRequest(site, { method, path, form: new URLSearchParams(), languages });
      return answer;
    },
    async post(path, fields = {}) {
      return (await ask(path, 'POST', new URLSearchParams(fields))).answer;
    },
    ask,
    grant: (topic, channel) => tell('Consent Changed', { topic, channel, granted: true }),
    tell,
    async identify(given) {
      const input = {
        kind: 'identify',
        id: `identify ${now}`,
        at: now,
        received: now,
        traits: given,
      } as const;
      await decideAndCommit(engine, CUSTOMER, [input]);
    },
    break: (how) => void (broken = how),
  };
}
