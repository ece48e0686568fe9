import { extname } from 'node:path';
import { canonicalFolder } from '#main/core/canonical-folder.ts';
import { resolveWithin } from '#main/core/resolve-within.ts';
import { OmegaError } from '#shared/error.ts';
import { isDiagramFile, type Thumbnail } from '#shared/image.ts';
import type { ApiContext, HandlersOf } from './context.ts';

/** Most bytes of a thumbnail, so that an answer stays small. */
const maxThumbnailBytes = 3_000_000;

/** Shows images of a project. */
export function imageHandlers({ resizeImage }: ApiContext): HandlersOf<'image'> {
  return {
    'image.thumbnail': async ({ root, path, width }, signal): Promise<Thumbnail> => {
      if (!resizeImage) {
        throw new OmegaError('UNAVAILABLE', 'This app was opened without its image process.');
      }
      if (!isDiagramFile(path)) {
        const what = extname(path) || 'without an ending';
        throw new OmegaError(
          'REFUSED',
          `Only images are shown, and "${what}" is none; ask for a PNG, JPEG, WebP, AVIF, GIF or SVG.`,
        );
      }
      const file = await resolveWithin(await canonicalFolder(root), path);
      const image = await resizeImage(file, { width, height: width * 2, format: 'webp' }, signal);
      if (image.bytes.length > maxThumbnailBytes) {
        throw new OmegaError(
          'REFUSED',
          'The picture is too large to be shown; ask for less width.',
        );
      }
      const base64 = Buffer.from(image.bytes).toString('base64');
      return {
        dataUrl: `data:image/webp;base64,${base64}`,
        width: image.width,
        height: image.height,
      };
    },
  };
}
