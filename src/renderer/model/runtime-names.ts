import type { DegradationLevel, RuntimeState } from '#shared/runtime.ts';

/** How the parts of the runtime are called on screen. */
export const subsystemTitles: Readonly<Record<string, string>> = {
  storage: 'Store',
  embeddings: 'Embeddings',
  vectors: 'Search by meaning',
  memory: 'Memory',
  agentdb: 'Episodes and skills',
  'meta-sona': 'Tuning',
  loops: 'Loops',
  calls: 'Calls',
};

/** A state in a word. */
export const stateNames: Readonly<Record<RuntimeState, string>> = {
  created: 'Not started',
  starting: 'Starting',
  running: 'Running',
  degraded: 'Degraded',
  stopping: 'Stopping',
  stopped: 'Stopped',
  error: 'Failed',
};

/** What a state means, in a sentence. */
export const stateText: Readonly<Record<RuntimeState, string>> = {
  created: 'The runtime was not started yet.',
  starting: 'The runtime is starting.',
  running: 'Everything that was tried works.',
  degraded: 'Something does not work as it should. The app goes on without it, as far as it can.',
  stopping: 'The runtime is stopping.',
  stopped: 'The runtime has stopped.',
  error: 'The runtime could not start.',
};

/** What a level of degradation means, in a few words. */
export const levelTitles: Readonly<Record<DegradationLevel, string>> = {
  'read-only': 'Nothing is remembered',
  'text-only': 'Found by words alone',
  'exact-scan': 'Search is slow',
  'low-memory': 'Little memory',
  overloaded: 'Too many calls',
};
