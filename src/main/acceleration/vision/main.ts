import { onBehalfOf } from '#main/core/trace.ts';
import { logged } from '../compute/child-log.ts';
import { linkToParent } from '../compute/parent-link.ts';
import { imageFault } from './image-fault.ts';
import { type FromImageProcess, toImageProcessSchema } from './image-protocol.ts';
import { renderImage } from './render-image.ts';

// The image process: it decodes what strangers wrote, so it may hang or crash, and is then replaced.
const link = linkToParent();
link.onMessage(async (raw) => {
  const { id, bytes, plan, trace } = toImageProcessSchema.parse(raw);
  try {
    const image = await onBehalfOf(trace, () =>
      logged(link.log, 'image', { bytes: bytes.length }, () => renderImage(bytes, plan)),
    );
    link.send({ id, image } satisfies FromImageProcess);
  } catch (error) {
    link.send({ id, error: imageFault(error).toData() } satisfies FromImageProcess);
  }
});
