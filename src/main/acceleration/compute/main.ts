import { isMainThread, workerData } from 'node:worker_threads';
import { servesIndex } from '../vectors/index/index-host.ts';
import { serveIndex } from '../vectors/index/index-thread.ts';
import { coordinate } from './coordinator.ts';
import { linkToParent } from './parent-link.ts';
import { serveSlot } from './slot.ts';

// One file is both the process and its threads, so that a build has one entry to place.
if (isMainThread) coordinate(linkToParent(), import.meta.filename);
else if (servesIndex(workerData)) serveIndex();
else serveSlot();
