// `Date` of a function's thread shows business time. What measures (`performance.now`, timers, sockets) stays real.
import { sharedDateReader } from '../../time/shared-date.ts';

/** Replaces `Date` of this thread; call it before any code of the function is loaded. */
export function showBusinessDate(buffer: SharedArrayBuffer): void {
  const now = sharedDateReader(buffer);
  const RealDate = Date;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, given: [], newTarget: NewableFunction) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget) as Date,
    // Called without `new` it is a text, whatever it is given.
    apply: () => new RealDate(now()).toString(),
    get: (target, name, receiver): unknown =>
      name === 'now' ? now : Reflect.get(target, name, receiver as object),
  });
  RealDate.prototype.constructor = Date;
}
