// dynalite 4 ships no types. What we use of it: https://github.com/architect/dynalite
declare module 'dynalite' {
  import type { Server } from 'node:http';
  export default function dynalite(options?: { readonly createTableMs?: number }): Server;
}
