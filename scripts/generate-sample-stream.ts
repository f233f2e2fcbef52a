// Writes workspace/events/sample.jsonl.gz, the stream that `npm run play` plays and of which `npm start` takes a day. With --check nothing is written: exit code 1
// says that the committed file is not what this script makes (compared unpacked: zlib's versions pack differently).
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { gunzipSync } from 'node:zlib';
import { packed, sampleStream } from './sample-stream/sample-stream.ts';

const folder = new URL('../workspace/events/', import.meta.url);
const file = new URL('sample.jsonl.gz', folder);
const text = sampleStream();

if (process.argv.includes('--check')) {
  if (gunzipSync(readFileSync(file)).toString('utf8') !== text) {
    console.error(
      'workspace/events/sample.jsonl.gz is out of date: run node scripts/generate-sample-stream.ts',
    );
    process.exitCode = 1;
  }
} else {
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, packed(text));
}
