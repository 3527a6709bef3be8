/** How a goroutine is called: by its number, `G17`; where only the address of its g is known by that, `g 0xc0000061a0`. */

/** Heaps of Go lie above this on 64 bits, and no program starts as many goroutines. */
const LEAST_ADDRESS = 2 ** 36;

/** Whether an id of a goroutine is its number, and not the address of its g. */
export function isGoid(id: number): boolean {
  return id < LEAST_ADDRESS;
}

/** The name that stands for a goroutine in texts. `id`: goid, or the address of its g. */
export function goroutineName(id: number): string {
  return isGoid(id) ? `G${id}` : `g 0x${id.toString(16)}`;
}
