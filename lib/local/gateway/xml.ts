// XML as services of AWS answer it: elements without attributes, in order. A writer of its own, because what customers and events say
// must come back as it went in: a carriage return that is not escaped is a line feed to whoever reads it.

/** Members in order; a list is its element once for each entry; undefined is left out. */
export type XmlContent = string | number | boolean | XmlMembers;
export interface XmlMembers {
  readonly [name: string]: XmlContent | readonly XmlContent[] | undefined;
}

/** A whole document with one element at its root. */
export function xmlDocument(root: string, namespace: string | undefined, members: XmlMembers): string {
  const attribute = namespace === undefined ? '' : ` xmlns="${escaped(namespace)}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${attribute}>${written(members)}</${root}>`;
}

function written(content: XmlContent): string {
  if (typeof content !== 'object') return escaped(String(content));
  return Object.entries(content)
    .flatMap(([name, value]) => {
      const values = Array.isArray(value) ? (value as readonly XmlContent[]) : [value as XmlContent];
      return value === undefined ? [] : values.map((one) => `<${name}>${written(one)}</${name}>`);
    })
    .join('');
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
