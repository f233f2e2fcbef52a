// Writes workspace/schema/*.json, which editors read, from the schemas that read the files; with --check it compares them
// (generated-files.ts).
import { editorSchemas } from './generate-schema/editor-schemas.ts';
import { writeOrCheck } from './generated-files.ts';

writeOrCheck('workspace/schema', editorSchemas(), 'scripts/generate-schema.ts');
