#!/usr/bin/env node
// Entry of the command line: joins the process to lib/cli and nothing else.
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Node strips the types of hundreds of files and compiles them at each start; from here it takes what it has kept of the last one.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/wend/compiled'));
const { runInProcess } = await import('#lib/cli/process.ts');
await runInProcess(process);
