// What we use of cli-progress, which has no types of its own. https://github.com/npkgz/cli-progress
declare module 'cli-progress' {
  export interface BarOptions {
    readonly format: string;
    readonly stream: NodeJS.WritableStream;
    readonly clearOnComplete: boolean;
    readonly hideCursor: boolean;
    readonly gracefulExit: boolean;
    readonly linewrap: boolean;
    readonly barCompleteChar: string;
    readonly barIncompleteChar: string;
    readonly fps: number;
  }
  export class SingleBar {
    constructor(options: Partial<BarOptions>);
    start(total: number, value: number, payload?: Readonly<Record<string, unknown>>): void;
    update(value: number, payload?: Readonly<Record<string, unknown>>): void;
    stop(): void;
  }
  const cliProgress: { readonly SingleBar: typeof SingleBar };
  export default cliProgress;
}
