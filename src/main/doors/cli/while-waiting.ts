/** What {@link whileWaiting} draws on. */
export type WaitingStream = Pick<NodeJS.WriteStream, 'isTTY' | 'write'>;

/** What a command that looks for a meaning waits for at first. */
export const openingModel = 'Opening the embedding model, which takes some seconds …';

/** After how long it is said what is waited for, in ms. */
const patienceMs = 1_000;

/**
 * Says on a terminal what is waited for once that takes longer than a second, and takes it away at
 * the end; on anything else it stays silent, as bars of progress do.
 */
export async function whileWaiting<T>(
  what: string,
  work: Promise<T>,
  stream: WaitingStream = process.stderr,
): Promise<T> {
  if (!stream.isTTY) return work;
  let isShown = false;
  const timer = setTimeout(() => {
    isShown = true;
    stream.write(what);
  }, patienceMs);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    if (isShown) stream.write('\r\u001b[2K');
  }
}
