/**
 * Gives each published port a free port of the host: the same number where it can be had, 8000 and
 * above for privileged ones, otherwise the next free one. Deterministic by the order of calls.
 */
export class HostPorts {
  readonly #next = new Map<number, number>();

  /** Takes a host port for a container's port; null where all 64,512 are taken. */
  take(port: number): number | null {
    const wanted = port < 1024 ? port + 8000 : port;
    const free = this.#find(wanted) ?? this.#find(1024);
    if (free !== null) this.#next.set(free, free + 1);
    return free;
  }

  /** The first free port from `port` on; shortens the chain behind it, so that it stays linear. */
  #find(port: number): number | null {
    let free = port;
    for (let next = this.#next.get(free); next !== undefined; next = this.#next.get(free))
      free = next;
    for (let at = port; at !== free; ) {
      const next = this.#next.get(at) ?? free;
      this.#next.set(at, free);
      at = next;
    }
    return free <= 65_535 ? free : null;
  }
}
