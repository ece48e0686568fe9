import { ActionIcon, Group, Loader, Modal } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { thumbnailWidths } from '#shared/image.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { type ThumbnailOf, useThumbnail } from '../../../hooks/use-thumbnail.ts';
import classes from './diagrams.module.css';

type Props = {
  readonly opened: boolean;
  readonly image: ThumbnailOf;
  /** Where it stands among how many, from 1. */
  readonly position: number;
  readonly count: number;
  readonly onStep: (by: 1 | -1) => void;
  readonly onClose: () => void;
};

/** One diagram, as large as the window; arrow keys go to the next and the last. */
export function DiagramDialog({ opened, image, position, count, onStep, onClose }: Props) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowRight') onStep(1);
    if (event.key === 'ArrowLeft') onStep(-1);
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onKeyDown={onKeyDown}
      title={<span className="mono">{image.path}</span>}
      size="min(1240px, calc(100vw - 64px))"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Enlarged image={image} />
      {count > 1 && (
        <div className={classes.foot}>
          <span className="num" aria-live="polite">
            {position} of {count}
          </span>
          <Group gap={6}>
            <ActionIcon
              size={30}
              variant="default"
              aria-label="Previous diagram"
              onClick={() => onStep(-1)}
            >
              <IconChevronLeft size={16} aria-hidden />
            </ActionIcon>
            <ActionIcon
              size={30}
              variant="default"
              aria-label="Next diagram"
              onClick={() => onStep(1)}
            >
              <IconChevronRight size={16} aria-hidden />
            </ActionIcon>
          </Group>
        </div>
      )}
    </Modal>
  );
}

function Enlarged({ image }: { readonly image: ThumbnailOf }) {
  const large = useThumbnail(image, thumbnailWidths.enlarged, true);
  if (large.error) {
    return <ErrorNotice error={large.error} onRetry={() => void large.refetch()} />;
  }
  // The one before, which is kept for rescans, is not this one.
  const shown = large.isPlaceholderData ? undefined : large.data;
  return (
    <div className={`${classes.paper} ${classes.large}`}>
      {shown ? (
        <img src={shown.dataUrl} width={shown.width} height={shown.height} alt={image.path} />
      ) : (
        <Loader role="status" aria-label="Loading the diagram" />
      )}
    </div>
  );
}
