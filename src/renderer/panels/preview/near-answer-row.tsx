import { Badge, Button, SegmentedControl, Skeleton } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { NearAnswer } from '#shared/near-answers.ts';
import { answerText, differenceText, similarityText } from '../../model/near-text.ts';
import classes from './near-answers.module.css';

const TextViewer = lazy(() => import('../review/editor/text-viewer.tsx'));

type Props = {
  readonly answer: NearAnswer;
  /** In ms since 1970. */
  readonly now: number;
  readonly taking: boolean;
  readonly onTake: () => void;
};

/** One near answer: how near, whose, in what it differs; and its files, below which it can be taken. */
export function NearAnswerRow({ answer, now, taking, onTake }: Props) {
  const [open, setOpen] = useState(false);
  const { similarity, project, differs } = answer;
  return (
    <div className={classes.answer}>
      <div className={classes.head}>
        <Badge variant="light" className={classes.badge}>
          {similarityText(similarity)}
        </Badge>
        <span className={`clip ${classes.text}`} title={project ?? undefined}>
          {answerText(answer, now)}
        </span>
        <Button
          size="compact-xs"
          variant="default"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? 'Hide its files' : 'Show its files'}
        </Button>
      </div>
      <p className={classes.note}>
        {differs.length === 0
          ? 'The same facts; the source, or what you taught, is another.'
          : `Differs: ${differs.map(differenceText).join('; ')}.`}
      </p>
      {open && <Files answer={answer} taking={taking} onTake={onTake} />}
    </div>
  );
}

function Files({ answer: { files }, taking, onTake }: Omit<Props, 'now'>) {
  const [path, setPath] = useState(files[0]?.path ?? '');
  const file = files.find((one) => one.path === path);
  return (
    <>
      <div className={classes.head}>
        <SegmentedControl
          size="xs"
          aria-label="File of the answer"
          value={path}
          onChange={setPath}
          data={files.map((one) => ({ value: one.path, label: one.path }))}
        />
        <Button size="compact-sm" className={classes.take} loading={taking} onClick={onTake}>
          Use this answer
        </Button>
      </div>
      <div className={classes.file}>
        <Suspense fallback={<Skeleton height={180} />}>
          <TextViewer text={file?.content ?? ''} label={path} />
        </Suspense>
      </div>
    </>
  );
}
