/** How a compute process talks to its parent. */
export type ParentLink = {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
};

/** Electron's side of a utility process, as far as it is used; typed here so that Electron is not imported. */
type ParentPort = {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
};

/** Finds the parent, and ends this process when the parent is gone. */
export function linkToParent(): ParentLink {
  const port = (process as { parentPort?: ParentPort }).parentPort;
  if (port) {
    return {
      send: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', ({ data }) => listener(data)),
    };
  }
  process.on('disconnect', () => process.exit(0));
  return {
    send: (message) => void process.send?.(message, undefined, undefined, () => undefined),
    onMessage: (listener) => void process.on('message', listener),
  };
}
