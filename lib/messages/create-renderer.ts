/**
 * Fills compiled messages in for one customer: the engine's port `Renderer`. Each text is parsed once, on first use, so that
 * a send costs microseconds.
 */
import { Fault } from '#lib/contracts/faults.ts';
import type { Channel } from '#lib/contracts/step-calls.ts';
import type { MessageVariables, RenderedMessage, Renderer } from '#lib/engine/ports.ts';
import type { Recommendation } from '#lib/journey/recommendation.ts';
import type { Catalog } from './catalog.ts';
import { channelsOf, messageKey } from './compiled-message.ts';
import type { CompiledContent, CompiledMessage } from './compiled-message.ts';
import { fillText } from './fill-text.ts';
import type { Fill, Scope } from './fill-text.ts';
import { fillValue } from './fill-value.ts';
import { leafRenderer } from './json-leaves.ts';
import { guardAppLink, guardHtml, guardLinkEnd, guardText } from './link-contexts.ts';
import { liquidFailure } from './liquid.ts';
import type { LinkSubject, MessagePages } from './links.ts';
import { chooseLocale } from './locale.ts';
import { createRecommend, type Subject } from './recommend.ts';
import { smsParts } from './sms-length.ts';
import { isFollowed, markAddresses, TRACKED_CHANNELS, withTrackedLinks } from './tracked-links.ts';

export interface RendererOptions {
  /** Every message of every version that may still have people inside. */
  readonly messages: Iterable<CompiledMessage>;
  readonly links: (about: LinkSubject) => MessagePages;
  readonly defaultLocale: string;
  /** The variable `catalog`, as it is when messages are sent; absent: empty. */
  readonly catalog?: Catalog;
  /** What `recommend` offers, from settings; absent: nothing. */
  readonly recommend?: Readonly<Record<string, Recommendation>>;
  /** The variable `brand`. */
  readonly brand: Readonly<Record<string, string | undefined>>;
}

type Content = Omit<RenderedMessage, 'channel' | 'to' | 'locale' | 'sender'>;

/** Content that is filled in, and the addresses that stand in it as marks. */
interface Prepared {
  readonly fill: Fill<Content>;
  readonly addresses: readonly string[];
}

/** Throws the fault `MessageNotRendered` from its `render` and `channels`; its text names the variable, never a value. */
export function createRenderer(options: RendererOptions): Renderer {
  const messages = new Map([...options.messages].map((message) => [messageKey(message), message]));
  const prepared = new Map<string, Prepared>();
  const { catalog = {}, recommend = {} } = options;
  const recommendFor = createRecommend(recommend, catalog);

  const find = (key: string): CompiledMessage => {
    const message = messages.get(key);
    if (message === undefined)
      throw new Fault('MessageNotRendered', `message ${key} is not among those compiled`);
    return message;
  };

  const prepare = (
    message: CompiledMessage,
    key: string,
    channel: Channel,
    locale: string,
    isTracked: boolean,
  ): Prepared => {
    const name = `${key} ${channel} ${locale} ${isTracked}`;
    const known = prepared.get(name);
    if (known !== undefined) return known;
    const content = message.locales[locale];
    const addresses: string[] = [];
    const mark = (text: string): string => (isTracked ? markAddresses(text, addresses) : text);
    const fill = content === undefined ? undefined : fillChannel(content, channel, locale, mark);
    if (fill === undefined || content === undefined)
      throw new Fault('MessageNotRendered', `message ${key} has no content for ${channel}`);
    // Most messages recommend nothing: then nothing is looked for.
    const recommends = /\brecommend\b/.test(JSON.stringify(content[channel]));
    const made: Prepared = {
      addresses,
      fill: (scope) => fill(recommends ? { ...scope, recommend: recommendFor(subjectOf(scope)) } : scope),
    };
    prepared.set(name, made);
    return made;
  };

  return {
    channels: (key) => channelsOf(find(key)),
    render(key, channel, to, wanted, variables, occasion) {
      const message = find(key);
      const locale = chooseLocale(wanted, Object.keys(message.locales), options.defaultLocale);
      const {
        variables: links,
        unsubscribe,
        track,
      } = options.links({
        message: message.id,
        channel,
        ...journeyOf(variables),
        ...(occasion && { occasion }),
      });
      const isTracked = track !== undefined && TRACKED_CHANNELS.has(channel);
      const { fill, addresses } = prepare(message, key, channel, locale, isTracked);
      try {
        const filled = fill({ ...variables, ...links, brand: options.brand, catalog });
        const content = isTracked ? withTrackedLinks(filled, addresses, track) : filled;
        const { sender } = message;
        return {
          channel,
          to,
          locale,
          ...(sender === undefined ? {} : { sender }),
          ...(unsubscribe === undefined || channel !== 'email' ? {} : { unsubscribe }),
          ...content,
          // As it goes out, with the links that it has by now.
          ...(channel === 'sms' ? { segments: smsParts(content.text ?? '').parts } : {}),
        };
      } catch (error) {
        if (error instanceof Fault) throw error;
        const { message: why } = liquidFailure(error);
        throw new Fault('MessageNotRendered', `message ${key}, ${channel}, "${locale}": ${why}`);
      }
    },
  };
}

function subjectOf({ profile, entry }: Scope): Subject {
  return { profile: Object(profile), entry: Object(entry) };
}

function journeyOf(variables: MessageVariables): { journey: string; step: string } {
  return { journey: variables.journey.id, step: variables.journey.step };
}

/** `mark` puts marks in the place of addresses that are to be followed. */
function fillChannel(
  content: CompiledContent,
  channel: Channel,
  locale: string,
  mark: (text: string) => string,
): Fill<Content> | undefined {
  if (channel === 'email') {
    if (content.email === undefined) return undefined;
    const subject = fillText(content.email.subject, locale, 'none');
    const html = fillText(guardHtml(content.email.html), locale, 'html');
    const text = fillText(guardText(content.email.text), locale, 'none');
    return (scope) => ({
      subject: oneLine(subject(scope)),
      html: html(scope),
      text: withoutGaps(text(scope)),
    });
  }
  if (channel === 'sms') {
    if (content.sms === undefined) return undefined;
    const text = fillText(mark(guardText(content.sms.text)), locale, 'none');
    return (scope) => ({ text: text(scope).trim() });
  }
  const json = content[channel];
  if (json === undefined) return undefined;
  const fill = leafRenderer<Scope>(json, (text, name) => {
    if (channel === 'webhook') return fillValue(text, locale);
    const guarded = guardLeaf(text, name);
    return fillLine(isFollowed(channel, name) ? mark(guarded) : guarded, locale, channel);
  });
  return (scope) => ({ content: fill(scope) });
}

/** Fields of push, in-app and WhatsApp content that are addresses, or the end of one. */
function guardLeaf(text: string, name: string | undefined): string {
  if (name === 'link' || name === 'image') return guardAppLink(text);
  return name === 'button' ? guardLinkEnd(text) : guardText(text);
}

/** WhatsApp refuses parameters with line breaks or tabs. */
function fillLine(text: string, locale: string, channel: Channel): Fill<string> {
  const fill = fillText(text, locale, 'none');
  return channel === 'whatsapp' ? (scope) => oneLine(fill(scope)) : fill;
}

/** Loops and conditions leave empty lines where they stood. */
function withoutGaps(text: string): string {
  return text.replace(/\n{3,}/g, '\n\n');
}

/** A line break in a header would begin another header; the line separators of Unicode and control characters go as well. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
