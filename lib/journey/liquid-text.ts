/**
 * What the compiler has to know of the Liquid in values. To read Liquid is the business of `lib/messages`, which the compiler does
 * not import: who calls the compiler brings the reader.
 */

/** Reads one text. Pure; never throws. */
export type LiquidReader = (text: string) => LiquidText;

/** A text as Liquid, or why it is none. */
export type LiquidText =
  | { readonly problem: string }
  | {
      /** Variables that it reads, each as its path; a part that is worked out is undefined. */
      readonly variables: readonly (readonly (string | undefined)[])[];
      /**
       * What comes of it: the text itself; a text with values in it; the value of one variable, which keeps its type; or that of
       * an expression with filters, whose type is not known.
       */
      readonly gives: 'itself' | 'text' | 'variable' | 'expression';
    };
