import type { ImageFit } from '#shared/image.ts';
import type { ImagePlan } from './image-protocol.ts';

/** A size in pixels. */
export type PixelSize = { readonly width: number; readonly height: number };

/** Whether this fit promises the very size that was asked for, enlarging where it must. */
export function promisesSize(fit: ImageFit): boolean {
  return fit === 'cover' || fit === 'contain' || fit === 'fill';
}

/**
 * The size that an image will have: as asked for, both sides shrunk alike to the plan's longest side,
 * times `scale`. Where one side is asked for the other follows; without any it is the image's own.
 */
export function targetSize(
  source: PixelSize,
  plan: Pick<ImagePlan, 'width' | 'height' | 'fit' | 'longEdge'>,
  { scale = 1, enlarge = false }: { readonly scale?: number; readonly enlarge?: boolean } = {},
): PixelSize {
  const full = fullSize(source, plan, enlarge);
  const shrink = Math.min(1, plan.longEdge / Math.max(full.width, full.height)) * scale;
  const side = (value: number): number => Math.max(1, Math.round(value * shrink));
  return { width: side(full.width), height: side(full.height) };
}

function fullSize(
  source: PixelSize,
  { width, height, fit }: Pick<ImagePlan, 'width' | 'height' | 'fit'>,
  enlarge: boolean,
): PixelSize {
  const promised = promisesSize(fit);
  if (promised && width !== null && height !== null) return { width, height };
  const ratios = [
    ...(width === null ? [] : [width / source.width]),
    ...(height === null ? [] : [height / source.height]),
  ];
  if (ratios.length === 0) return source;
  const ratio = fit === 'outside' ? Math.max(...ratios) : Math.min(...ratios);
  const factor = promised || enlarge ? ratio : Math.min(1, ratio);
  return { width: source.width * factor, height: source.height * factor };
}
