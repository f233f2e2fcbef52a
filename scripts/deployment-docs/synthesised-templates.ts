// The templates of the environment that pages take as their example, with everything that an environment may have.
import { App, Stack } from 'aws-cdk-lib';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSources } from '#lib/infra/read-sources.ts';
import { Wend } from '#lib/infra/wend.ts';
import type { CloudFormationTemplate } from './names-in-template.ts';

/** Of the stack and its nested ones; needs neither network nor account. */
export async function synthesisedTemplates(): Promise<readonly CloudFormationTemplate[]> {
  const sources = await readSources({ workspace: 'workspace', versions: 'state-machines' });
  const outdir = mkdtempSync(join(tmpdir(), 'wend-docs-'));
  try {
    const app = new App({ outdir });
    const environment = { name: 'production', alarmEmail: 'on-call@shop.example', smsMonthlySpend: 200 };
    new Wend(new Stack(app, 'wend-production'), 'Wend', { environment, sources });
    app.synth();
    return readdirSync(outdir)
      .filter((name) => name.endsWith('.template.json'))
      .map((name) => JSON.parse(readFileSync(join(outdir, name), 'utf8')) as CloudFormationTemplate);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
