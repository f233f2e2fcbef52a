/**
 * By what an opening or a click shows that nobody has done it: mail scanners follow every link, and privacy proxies fetch every picture,
 * whether or not somebody reads. Such reports are events as well, with `machine: true`, and count for nothing else.
 */

/**
 * What SES itself thinks: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html (`isBotEvent`). Events of
 * before that field have none.
 */
const LIKELY = 'Likely';

/**
 * How programs name themselves that are no mail program and no browser: HTTP libraries, crawlers, browsers without a window, security
 * gateways. Google's and Yahoo's image proxies are missing on purpose: they fetch when somebody opens.
 */
const PROGRAMS =
  /\b(?:bot|crawler|spider|curl|wget|python-requests|python-urllib|aiohttp|go-http-client|okhttp|java|apache-httpclient|node-fetch|axios|headlesschrome|phantomjs|barracuda|proofpoint|mimecast|symantec|forcepoint|trendmicro)\b|bot\//i;

/**
 * Apple's Mail Privacy Protection fetches the pictures of every message in advance and names itself by this alone
 * (https://developer.apple.com/videos/play/wwdc2021/10085 shows the proxy; no browser's name is so short).
 */
const PREFETCHING = 'Mozilla/5.0';

export interface TrackedAct {
  readonly isBotEvent?: string | undefined;
  readonly userAgent?: string | undefined;
}

/** @returns true where it is more likely a machine's doing than a human's; on doubt it is the human's. */
export function isByMachine({ isBotEvent, userAgent = '' }: TrackedAct): boolean {
  if (isBotEvent === LIKELY) return true;
  return userAgent.trim() === PREFETCHING || PROGRAMS.test(userAgent);
}
