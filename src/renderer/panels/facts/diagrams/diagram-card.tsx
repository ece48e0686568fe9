import { Skeleton, UnstyledButton } from '@mantine/core';
import { useInViewport } from '@mantine/hooks';
import { IconPhotoOff } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { thumbnailWidths } from '#shared/image.ts';
import { type ThumbnailOf, useThumbnail } from '../../../hooks/use-thumbnail.ts';
import { baseName } from '../../../model/format.ts';
import classes from './diagrams.module.css';

/** One diagram, small; its picture is fetched when it first comes into view. */
export function DiagramCard(props: { readonly image: ThumbnailOf; readonly onOpen: () => void }) {
  const { path } = props.image;
  const { ref, inViewport } = useInViewport<HTMLButtonElement>();
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (inViewport) setSeen(true);
  }, [inViewport]);
  const { data, isError } = useThumbnail(props.image, thumbnailWidths.list, seen);
  const look = data ? '' : isError ? classes.failed : classes.waiting;
  return (
    <UnstyledButton
      ref={ref}
      className={classes.card}
      title={path}
      aria-label={`Enlarge ${path}`}
      onClick={props.onOpen}
    >
      <span className={`${classes.paper} ${classes.small} ${look}`}>
        {data && <img src={data.dataUrl} width={data.width} height={data.height} alt={path} />}
        {!data && isError && (
          <IconPhotoOff size={22} role="img" aria-label={`${path} cannot be shown`} />
        )}
        {!data && !isError && <Skeleton height="100%" aria-hidden />}
      </span>
      <span className={`mono clip ${classes.name}`}>{baseName(path)}</span>
    </UnstyledButton>
  );
}
