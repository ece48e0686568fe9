import type { DeviceName } from '#shared/devices.ts';

/** GPU providers that onnxruntime's package has for a platform, the fastest kind first. */
export function gpuCandidates(platform: NodeJS.Platform, arch: string): readonly DeviceName[] {
  if (platform === 'darwin') return ['coreml', 'webgpu'];
  if (platform === 'win32') return ['dml', 'webgpu'];
  if (platform === 'linux') return arch === 'x64' ? ['cuda', 'webgpu'] : ['webgpu'];
  return [];
}
