/** Types of two packages that ship none: only what this folder uses of them. */

declare module 'mjml' {
  export interface MjmlError {
    readonly line: number;
    readonly message: string;
    readonly tagName: string;
  }
  export default function mjml2html(
    mjml: string,
    options?: {
      readonly validationLevel?: 'strict' | 'soft' | 'skip';
      readonly keepComments?: boolean;
      readonly fonts?: Readonly<Record<string, string>>;
    },
  ): Promise<{ readonly html: string; readonly errors: readonly MjmlError[] }>;
}

declare module 'html-to-text' {
  export interface Selector {
    readonly selector: string;
    readonly format?: string;
    readonly options?: Readonly<Record<string, unknown>>;
  }
  export function convert(
    html: string,
    options?: { readonly wordwrap?: number | false; readonly selectors?: readonly Selector[] },
  ): string;
}
