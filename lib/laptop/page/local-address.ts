/** Whether an address leads to this machine: to a page of the deployment that runs here. */
export function isOnThisMachine(address: string): boolean {
  return URL.canParse(address) && ['127.0.0.1', 'localhost'].includes(new URL(address).hostname);
}
