import type { DeviceName, RouteCounters } from '#shared/devices.ts';
import { plural } from './format.ts';

/** How devices are called on screen. */
export const deviceTitles: Readonly<Record<DeviceName, string>> = {
  cpu: 'CPU',
  webgpu: 'GPU (WebGPU)',
  cuda: 'GPU (CUDA)',
  coreml: 'GPU (CoreML)',
  dml: 'GPU (DirectML)',
};

/** What the route between devices counted, as lines of label and value. */
export function counterLines(route: RouteCounters): readonly (readonly [string, string])[] {
  const { memory, driver, died } = route.fallbacks;
  const number = (value: number): string => value.toLocaleString('en');
  const faults = [
    ...(memory > 0 ? [`${number(memory)} out of memory`] : []),
    ...(driver > 0 ? [`${number(driver)} of the driver`] : []),
    ...(died > 0 ? [`${number(died)} crashed`] : []),
  ];
  return [
    ['Calls on the GPU', number(route.gpu)],
    ['Calls on the CPU', number(route.cpu)],
    ['Batches halved', number(route.splits)],
    ['Moved to the CPU', faults.length === 0 ? '0' : faults.join(', ')],
    ['GPU left alone', leftAlone(route)],
  ];
}

function leftAlone({ latches, latched }: RouteCounters): string {
  if (latches === 0) return 'never';
  return `${plural(latches, 'time')}${latched ? ', and at the moment' : ''}`;
}

/** Why a device does not open, without the place in onnxruntime's source where it was found. */
export function plainReason(reason: string): string {
  return reason.replace(/\/\S+\.(?:cc|cpp|h):\d+ .* was false\. /, '');
}
