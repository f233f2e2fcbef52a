// The templates of an environment with nothing set, as `npx cdk synth` would write them: what is paid for is counted in them.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { readSources } from '#lib/infra/read-sources.ts';
import { Wend } from '#lib/infra/wend.ts';
import type { Template } from './at-rest.ts';

const ROOT = resolve(import.meta.dirname, '../..');

export async function synthesisedTemplates(): Promise<readonly Template[]> {
  const outdir = mkdtempSync(join(tmpdir(), 'wend-costs-'));
  try {
    const sources = await readSources({
      workspace: join(ROOT, 'workspace'),
      versions: join(ROOT, 'state-machines'),
    });
    const app = new App({ outdir });
    new Wend(new Stack(app, 'wend-production'), 'Wend', { environment: { name: 'production' }, sources });
    app.synth();
    return readdirSync(outdir)
      .filter((file) => file.endsWith('.template.json'))
      .map((file) => JSON.parse(readFileSync(join(outdir, file), 'utf8')) as Template);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
