#!/usr/bin/env node
// Entry of the command line: joins the process to lib/cli and nothing else.
import { runInProcess } from '#lib/cli/process.ts';

await runInProcess(process);
