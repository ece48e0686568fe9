import { isMainThread } from 'node:worker_threads';
import { coordinate } from './coordinator.ts';
import { linkToParent } from './parent-link.ts';
import { serveSlot } from './slot.ts';

// One file is both the process and its threads, so that a build has one entry to place.
if (isMainThread) coordinate(linkToParent(), import.meta.filename);
else serveSlot();
