// One temporary folder for the whole run, removed when it is over: test files share workers, so none of them may remove what
// another still uses.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'wend-tests-'));
  process.env['WEND_TEST_FOLDER'] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
