import { UnstyledButton } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { baseName } from '../../model/format.ts';
import type { StreamInfo } from '../../model/review-rows.ts';
import classes from './files.module.css';

type Props = {
  readonly stream: StreamInfo;
  readonly current: boolean;
  readonly onPick: (id: string) => void;
};

/** A file of the list that a model writes now. */
export function StreamRow({ stream, current, onPick }: Props) {
  const name = baseName(stream.path);
  const folder = stream.path.slice(0, -name.length - 1);
  return (
    <UnstyledButton
      className={classes.file}
      aria-current={current || undefined}
      title={stream.path}
      onClick={() => onPick(stream.key)}
    >
      <IconPencil size={14} role="img" aria-label="Being written" className={classes.written} />
      <span className={`clip ${classes.fileName}`}>
        {name}{' '}
        <span className={classes.folder}>
          {[stream.project, folder].filter(Boolean).join(' · ')}
        </span>
      </span>
    </UnstyledButton>
  );
}
