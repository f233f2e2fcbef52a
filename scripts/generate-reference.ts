// Writes docs/reference/*.md from the schemas that read the files, and from the local cloud; with --check it compares them (generated-files.ts).
import { referencePages } from './generate-reference/pages.ts';
import { writeOrCheck } from './generated-files.ts';

writeOrCheck('docs/reference', await referencePages(), 'scripts/generate-reference.ts');
