import { SegmentedControl, Skeleton } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { PromptPreview } from '#shared/calls.ts';
import { CopyIcon } from '../../components/copy-icon.tsx';
import classes from './preview.module.css';

const TextViewer = lazy(() => import('../review/editor/text-viewer.tsx'));

const parts = [
  { value: 'prompt', label: 'Prompt' },
  { value: 'system', label: 'Rules (system)' },
] as const;

/** The texts themselves, each whole, to read and to copy. */
export function PreviewTexts({ preview }: { readonly preview: PromptPreview }) {
  const [part, setPart] = useState<'prompt' | 'system'>('prompt');
  const text = preview[part];
  return (
    <section aria-label="Texts that are sent">
      <div className={classes.textHead}>
        <SegmentedControl
          size="xs"
          aria-label="Text"
          value={part}
          onChange={(next) => setPart(next as typeof part)}
          data={[...parts]}
        />
        <CopyIcon value={text} what={part === 'prompt' ? 'the prompt' : 'the rules'} />
      </div>
      <div className={classes.text}>
        <Suspense fallback={<Skeleton height={300} />}>
          <TextViewer text={text} label={part === 'prompt' ? 'Prompt' : 'Rules'} />
        </Suspense>
      </div>
    </section>
  );
}
