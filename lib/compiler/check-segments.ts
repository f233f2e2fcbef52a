// What concerns segments together: ids that meet, circles, segments and lists that nothing uses.
import { fileDiagnostic, type Diagnostic } from './diagnostics.ts';
import type { SourceFile } from './parse/source-file.ts';
import type { SegmentOutcome } from './check-segment.ts';

/** `used`: ids that journeys refer to; undefined where not every journey could be read, and nothing can be said. */
export function checkSegments(
  segments: readonly SegmentOutcome[],
  lists: ReadonlyMap<string, SourceFile>,
  used: ReadonlySet<string> | undefined,
): Diagnostic[] {
  return [
    ...sameIds(segments),
    ...circles(segments),
    ...(used === undefined ? [] : unused(segments, used)),
    ...unusedLists(segments, lists),
  ];
}

/** `vip.json` and `vip.jsonc` would be the same segment. */
function sameIds(segments: readonly SegmentOutcome[]): Diagnostic[] {
  const first = new Map<string, string>();
  return segments.flatMap(({ id, file }) => {
    const other = first.get(id);
    if (other === undefined) first.set(id, file.path);
    return other === undefined
      ? []
      : [fileDiagnostic('journey-twice', { file: file.path }, { id, other, of: 'segment' })];
  });
}

/** A circle is told once, where it closes. */
function circles(segments: readonly SegmentOutcome[]): Diagnostic[] {
  const byId = new Map(segments.map((segment) => [segment.id, segment]));
  const done = new Set<string>();
  const found: Diagnostic[] = [];
  const visit = (segment: SegmentOutcome, way: readonly string[]): void => {
    if (done.has(segment.id)) return;
    const here = [...way, segment.id];
    for (const { segment: other, place } of segment.refersTo) {
      const next = byId.get(other);
      if (here.includes(other))
        found.push(
          fileDiagnostic('segment-in-circle', place, { way: [...here.slice(here.indexOf(other)), other] }),
        );
      else if (next !== undefined) visit(next, here);
    }
    done.add(segment.id);
  };
  for (const segment of segments) visit(segment, []);
  return found;
}

function unused(segments: readonly SegmentOutcome[], used: ReadonlySet<string>): Diagnostic[] {
  const referred = new Set(segments.flatMap(({ refersTo }) => refersTo.map(({ segment }) => segment)));
  return segments
    .filter(({ id }) => !used.has(id) && !referred.has(id))
    .map(({ id, file }) => fileDiagnostic('segment-not-used', { file: file.path }, { id }));
}

function unusedLists(
  segments: readonly SegmentOutcome[],
  lists: ReadonlyMap<string, SourceFile>,
): Diagnostic[] {
  const named = new Set(segments.map(({ list }) => list?.replace(/^\.\//, '')));
  const message = 'No segment names this list.';
  return [...lists]
    .filter(([name]) => !named.has(name))
    .map(([, file]) => fileDiagnostic('file-not-used', { file: file.path }, { message }));
}
