// Makes `npx wend` work inside this checkout: npm links the commands of dependencies, not those of the package itself.
// Runs as npm's `prepare`, after every `npm ci` and `npm install`.
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', 'node_modules', '.bin');
const command = join(folder, 'wend');

if (existsSync(join(import.meta.dirname, '..', 'node_modules'))) {
  mkdirSync(folder, { recursive: true });
  rmSync(command, { force: true });
  if (process.platform === 'win32')
    writeFileSync(`${command}.cmd`, '@node "%~dp0\\..\\..\\bin\\wend.ts" %*\r\n');
  else symlinkSync(join('..', '..', 'bin', 'wend.ts'), command);
}
