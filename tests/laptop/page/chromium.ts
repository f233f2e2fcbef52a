// A headless Chromium for tests of pages, where one is installed.
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const PATH = '/usr/bin/chromium';

/** Tests that need a browser say that they are skipped where there is none. */
export const HAS_CHROMIUM = existsSync(PATH);

/** Without its own traffic in the background: a test asserts that nothing leaves the machine. */
export function openChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: PATH,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-default-apps',
      '--disable-sync',
      '--no-first-run',
      // Names of hosts lead nowhere, so that tests need not look at each request to stop it.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
}
