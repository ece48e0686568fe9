import { SegmentedControl, TextInput } from '@mantine/core';
import { startTransition, useMemo, useState } from 'react';
import type { ProposalSummary } from '#shared/run.ts';
import { countShown, type FileFilter, type Shown } from '../../model/file-filter.ts';
import classes from './files.module.css';

type Props = {
  readonly proposals: readonly ProposalSummary[];
  readonly filter: FileFilter;
  readonly onChange: (filter: FileFilter) => void;
};

/** Narrows a long list of files by what they are called and by what there is to see in them. */
export function FileFilterBar({ proposals, filter, onChange }: Props) {
  // What is typed shows at once; the list, and all beside it, follows when there is time.
  const [text, setText] = useState(filter.text);
  const counts = useMemo(() => countShown(proposals), [proposals]);
  const choice = (value: Shown, name: string) => ({
    value,
    label: `${name} ${counts[value].toLocaleString('en')}`,
  });
  return (
    <div className={classes.filter}>
      <TextInput
        size="xs"
        type="search"
        placeholder="Path, service or kind"
        aria-label="Filter the files by path"
        value={text}
        onChange={(event) => {
          const typed = event.currentTarget.value;
          setText(typed);
          startTransition(() => onChange({ ...filter, text: typed }));
        }}
      />
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label="Files that are listed"
        classNames={{ label: classes.choice ?? '' }}
        value={filter.shown}
        onChange={(shown) => startTransition(() => onChange({ ...filter, shown: shown as Shown }))}
        data={[choice('changes', 'Changes'), choice('findings', 'Findings'), choice('all', 'All')]}
      />
    </div>
  );
}
