// `npm run check:docs`: do docs/deploy.md and docs/runbook.md speak of what is really deployed? Synthesises an environment, and compares
// every name, every output and every environments.json on these pages with it. Exit code 1 where something is not there.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { synthesisedTemplates } from './deployment-docs/synthesised-templates.ts';
import { problemsOf } from './deployment-docs/problems.ts';

const PAGES = ['docs/deploy.md', 'docs/runbook.md'];

const templates = await synthesisedTemplates();
const problems = PAGES.flatMap((page) => problemsOf(page, readFileSync(page, 'utf8'), templates));
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.stdout.write(
  `${PAGES.join(' and ')}: ${problems.length === 0 ? 'all there' : `${problems.length} problems`}\n`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
