/** Places the boxes of a journey: top to bottom, arms side by side. Sizes and coordinates are in pixels. */
import { Graph, layout, type EdgeLabel, type GraphLabel, type NodeLabel } from '@dagrejs/dagre';
import type { Arrow, Box, JourneyGraph } from './journey-graph.ts';
import { LABEL_HEIGHT, boxSize, labelWidth, wrapped } from './text-size.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedBox extends Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedArrow extends Arrow {
  /** From the edge of one box to the edge of the other. */
  readonly points: readonly Point[];
  /** Middle of the label, where there is one. */
  readonly labelAt: Point | undefined;
}

export interface PlacedGraph {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  readonly arrows: readonly PlacedArrow[];
}

/** The same graph always gets the same places. Texts come out broken to the width of their boxes. */
export function placeGraph({ boxes, arrows }: JourneyGraph): PlacedGraph {
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 36, ranksep: 44, edgesep: 18, marginx: 24, marginy: 24 });
  const broken = boxes.map((box) => ({ ...box, lines: box.lines.flatMap(wrapped) }));
  for (const box of broken) graph.setNode(box.id, { ...boxSize(box) });
  for (const [index, { from, to, label }] of arrows.entries()) {
    const size = label === undefined ? {} : { width: labelWidth(label), height: LABEL_HEIGHT };
    graph.setEdge(from, to, { ...size, labelpos: 'c' }, String(index));
  }
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width,
    height,
    boxes: broken.map((box) => {
      const { x = 0, y = 0, width: wide, height: high } = graph.node(box.id);
      return { ...box, left: x - wide / 2, top: y - high / 2, width: wide, height: high };
    }),
    arrows: arrows.map((arrow, index) => {
      const { points = [], x, y } = graph.edge(arrow.from, arrow.to, String(index));
      const labelAt = arrow.label === undefined || x === undefined || y === undefined ? undefined : { x, y };
      return { ...arrow, points: points.map((point: Point) => ({ x: point.x, y: point.y })), labelAt };
    }),
  };
}
