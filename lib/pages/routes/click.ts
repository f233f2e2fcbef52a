/**
 * A tracked link: leads on to where the author has written, and tells that it was followed. Where it leads is part of what was signed, so
 * that nobody can make it lead elsewhere; and it leads there whatever else fails, because whoever has followed it wants to go on.
 */
import { hashHex } from '#lib/contracts/hash.ts';
import { sendKey } from '#lib/contracts/ids.ts';
import type { Instant } from '#lib/contracts/time.ts';
import { decideAndCommit } from '#lib/engine/use-cases/engine.ts';
import { reportOn } from '../about-send.ts';
import type { ReadLink } from '../links/link-signer.ts';
import type { PageAnswer, PageRequest } from '../request.ts';
import type { Site } from '../site.ts';

export interface FollowedLink extends ReadLink {
  readonly site: Site;
  readonly request: PageRequest;
  readonly now: Instant;
}

export interface LedOn {
  readonly answer: PageAnswer;
  /** Why it could not be told, for the log. */
  readonly failure?: unknown;
}

/** Undefined where the link has nowhere to lead. */
export async function followLink(followed: FollowedLink): Promise<LedOn | undefined> {
  const target = targetOf(followed);
  if (target === undefined) return undefined;
  const answer = {
    status: 302,
    headers: {
      location: target,
      // The next one who follows it is to be told as well; and the page behind it does not learn the token.
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
    },
    body: '',
  };
  // After five years nobody waits for it, and who follows it may be anybody.
  if (followed.expired) return { answer };
  try {
    await tellClick(followed, target);
    return { answer };
  } catch (failure) {
    return { answer, failure };
  }
}

/** Signed here, and all the same nothing but an address of the web: a token is no reason to trust what it holds. */
function targetOf({ link: { detail } }: FollowedLink): string | undefined {
  if (detail === undefined || !URL.canParse(detail)) return undefined;
  const { protocol, href } = new URL(detail);
  return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}

/** Clicks of one minute on one link are one: browsers ask twice, people click twice, and a stranger may click all day. */
async function tellClick({ site, request, link, now }: FollowedLink, target: string): Promise<void> {
  const { send } = link;
  const key = send === undefined ? '' : sendKey(send.run, send.step, send.visit);
  const machine = request.byMachine === true || request.method !== 'GET';
  const id = `click/${hashHex(`${key} ${target} ${machine}`, 16)}/${now.slice(0, 16)}`;
  await decideAndCommit(site.engine, link.customer, (document) => {
    const record = document.sends.find((one) => one.key === key);
    const properties = { ...reportOn(link, record), link: target, machine };
    return [{ kind: 'event', id, at: now, received: now, event: 'Message Clicked', properties }];
  });
}
