import { describe, expect, it } from 'vitest';
import { journeyGraph } from '#lib/compiler/graph/journey-graph.ts';
import { placeGraph } from '#lib/compiler/graph/layout.ts';
import { mermaidOf } from '#lib/compiler/graph/mermaid.ts';
import { svgOf } from '#lib/compiler/graph/svg.ts';
import { branch, exit, flowOf, goto, manifestOf, send, split, wait, waitFor } from './flows.ts';

const CART = manifestOf(
  flowOf({
    'give-time': wait('1 hour', 'remind'),
    remind: send('remind', 'looked-again'),
    'looked-again': waitFor('2 days', ['on'], 'again'),
    on: goto('bye', null),
    again: goto('give-time', 'draw', 3),
    draw: split(['bye', 'gone']),
    bye: {
      kind: 'wait',
      for: '3 days',
      until: '09:00',
      on: ['monday'],
      timezone: 'Europe/Berlin',
      next: null,
    },
    gone: exit('not "interested" <at> all & more'),
  }),
);

function byText(a = '', b = ''): number {
  return a < b ? -1 : Number(a > b);
}

describe('mermaidOf', () => {
  it('shows steps, arms, waits, loops and ends', () => {
    expect(mermaidOf(CART)).toBe(`flowchart TD
  n0(["Account Created<br/>re-entry: after exit"])
  n1("give-time<br/>wait 1 hour")
  n2["remind<br/>send remind<br/>by email"]
  n3{{"looked-again<br/>wait for Event 0<br/>within 2 days"}}
  n4>"back to give-time<br/>at most 3 times"]
  n5[/"draw<br/>experiment journey/split"\\]
  n6("bye<br/>wait 3 days then until 09:00 on monday (Europe/Berlin)")
  n7(["exit<br/>not #34;interested#34; #60;at#62; all #38; more"])
  n8(("end"))
  n0 --> n1
  n1 --> n2
  n2 --> n3
  n3 -->|"Event 0"| n6
  n3 -->|"time is up"| n4
  n4 -.->|"again"| n1
  n4 -->|"then"| n5
  n5 -->|"arm 0 50 %"| n6
  n5 -->|"arm 1 50 %"| n7
  n6 --> n8
`);
  });

  it('draws a journey without steps', () => {
    expect(mermaidOf(manifestOf(flowOf({})))).toContain('n0 --> n1');
  });
});

describe('svgOf', () => {
  it('is one well-formed picture that shows every text, escaped', () => {
    const svg = svgOf(CART, 'Cart <recovery>');
    expect(svg).toContain('<title>Cart &lt;recovery&gt;</title>');
    expect(svg).toContain('not &quot;interested&quot; &lt;at&gt; all &amp; more');
    for (const { title } of journeyGraph(CART).boxes) expect(svg).toContain(`>${title}</text>`);
    const open = [...svg.matchAll(/<([a-z]+)(?![a-z])(?:[^>]*[^/])?>/g)].map(([, name]) => name);
    const closed = [...svg.matchAll(/<\/([a-z]+)>/g)].map(([, name]) => name);
    expect(open.toSorted(byText)).toEqual(closed.toSorted(byText));
    expect(svg).not.toMatch(/<script|href|NaN|undefined/);
  });

  it('is the same picture every time', () => {
    expect(svgOf(CART, 'x')).toBe(svgOf(structuredClone(CART), 'x'));
  });
});

describe('placeGraph', () => {
  it('keeps boxes apart and inside the picture, also with arms that meet again', () => {
    const { boxes, width, height } = placeGraph(
      journeyGraph(
        manifestOf(
          flowOf({
            which: branch(['a', 'b', 'c'], null),
            a: send('a', 'd'),
            b: send('b', 'd'),
            c: branch(['d', 'd'], 'd'),
            d: send('d', null),
          }),
        ),
      ),
    );
    for (const [index, box] of boxes.entries()) {
      expect(box.left).toBeGreaterThanOrEqual(0);
      expect(box.top).toBeGreaterThanOrEqual(0);
      expect(box.left + box.width).toBeLessThanOrEqual(width);
      expect(box.top + box.height).toBeLessThanOrEqual(height);
      for (const other of boxes.slice(index + 1)) {
        const apart =
          box.left + box.width <= other.left ||
          other.left + other.width <= box.left ||
          box.top + box.height <= other.top ||
          other.top + other.height <= box.top;
        expect(apart, `${box.id} and ${other.id}`).toBe(true);
      }
    }
  });
});
