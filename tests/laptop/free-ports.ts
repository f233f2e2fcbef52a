// Ports for a local cloud: the page takes one, the services the next.
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';

/** The first of two that are free, one behind the other. */
export async function freePorts(): Promise<number> {
  const first = await listening(0);
  const { port } = first.address() as AddressInfo;
  const second = await listening(port + 1).catch(() => undefined);
  await closed(first);
  if (second === undefined) return freePorts();
  await closed(second);
  return port;
}

/** Rejects where the port is taken. */
export async function listening(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function closed(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}
