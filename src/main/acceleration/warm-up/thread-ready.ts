/** Runs in a pool's thread: that it answers says that the thread is there. */
export function threadReady(): true {
  return true;
}
