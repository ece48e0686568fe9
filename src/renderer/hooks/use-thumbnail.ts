import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { thumbnailWidths } from '#shared/image.ts';
import { useBridge } from '../bridge/bridge-context.ts';
import { callRoute } from '../bridge/call-route.ts';
import { keys } from '../bridge/query-keys.ts';

/** Which picture of which image; `scannedAt` makes a rescan ask for it anew. */
export type ThumbnailOf = {
  readonly root: string;
  readonly path: string;
  readonly scannedAt: number;
};

/** A picture of an image in a project; asked for only while `wanted`. */
export function useThumbnail(
  image: ThumbnailOf,
  width: (typeof thumbnailWidths)[keyof typeof thumbnailWidths],
  wanted: boolean,
) {
  const bridge = useBridge();
  const { root, path, scannedAt } = image;
  return useQuery({
    queryKey: keys.thumbnail(root, path, width, scannedAt),
    queryFn: () => callRoute(bridge, 'image.thumbnail', { root, path, width }),
    enabled: wanted,
    placeholderData: keepPreviousData,
    // Pictures are big and quickly made again.
    gcTime: 60_000,
  });
}
