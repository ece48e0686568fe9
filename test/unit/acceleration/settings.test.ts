import { expect, test } from 'vitest';
import { threadsOf } from '#main/acceleration/acceleration-options.ts';
import { faultOf, sessionFault } from '#main/acceleration/compute/session-fault.ts';

test('slots share the cores out, unless threads are set', () => {
  expect(threadsOf({ threads: 0, slots: 2 }, 8)).toBe(4);
  expect(threadsOf({ threads: 0, slots: 4 }, 2)).toBe(1);
  expect(threadsOf({ threads: 3, slots: 4 }, 2)).toBe(3);
});

test.each([
  ['CUDA failure 2: out of memory ; GPU=0', 'memory'],
  ['Failed to allocate memory for requested buffer of size 1073741824', 'memory'],
  ['VK_ERROR_OUT_OF_DEVICE_MEMORY', 'memory'],
  ['std::bad_alloc', 'memory'],
  ['Failed to get a WebGPU adapter: No supported adapters', 'driver'],
  ['CUDA error 999: unknown error', 'driver'],
])('%s is a fault of kind %s', (message, kind) => {
  expect(faultOf(sessionFault(new Error(message), 'cuda'))).toBe(kind);
});

test('an error without a device behind it is no fault', () => {
  expect(faultOf(new Error('out of memory'))).toBeNull();
});
