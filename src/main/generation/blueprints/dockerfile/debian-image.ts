import type { Service } from '#shared/scan.ts';
import { bashCheck } from './health.ts';
import { appUid, type ImageFacts, servedPort } from './stack.ts';

/** The facts of a Debian image that runs as our own user and checks its health by `bash` alone. */
export function debianImage(service: Service): ImageFacts {
  const port = servedPort(service);
  const health = port === null ? null : bashCheck(service, port);
  return { uid: appUid, gid: appUid, port, writable: [], health };
}
