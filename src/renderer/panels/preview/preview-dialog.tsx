import { Select, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { type ArtifactKind, artifactKinds } from '#shared/artifact.ts';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { type PreviewTarget, usePromptPreview } from '../../hooks/use-prompt-preview.ts';
import { useScan } from '../../hooks/use-scan.ts';
import { artifactNames } from '../../model/artifact-names.ts';
import { baseName } from '../../model/format.ts';
import classes from './preview.module.css';
import { PreviewSummary } from './preview-summary.tsx';
import { PreviewTexts } from './preview-texts.tsx';

type Props = {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly target: PreviewTarget;
};

/** Exactly what would be sent to a model for an artifact, before anything is. */
export function PreviewDialog({ opened, onClose, target }: Props) {
  return (
    <Dialog title="What will be sent" width={860} opened={opened} onClose={onClose}>
      <Preview first={target} />
    </Dialog>
  );
}

function Preview({ first }: { readonly first: PreviewTarget }) {
  const [target, setTarget] = useState(first);
  const { data, error, isFetching, refetch } = usePromptPreview(target);
  const services = useScan(target.root).data?.services ?? [];
  return (
    <div className={classes.preview} aria-busy={isFetching}>
      <div className={classes.choice}>
        <span className="mono clip" title={target.root}>
          {baseName(target.root)}
        </span>
        <Select
          size="xs"
          aria-label="Artifact"
          allowDeselect={false}
          data={artifactKinds.map((kind) => ({ value: kind, label: artifactNames[kind] }))}
          value={target.kind}
          onChange={(kind) => kind && setTarget({ ...target, kind: kind as ArtifactKind })}
        />
        <Select
          size="xs"
          aria-label="Service"
          placeholder="Whole project"
          clearable
          data={[...new Set(services.map(({ name }) => name))]}
          value={target.service}
          onChange={(service) => setTarget({ ...target, service })}
        />
      </div>
      {error && !isFetching && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && isFetching && <Skeleton height={360} radius="md" />}
      {data && !error && (
        <>
          <PreviewSummary preview={data} />
          <PreviewTexts preview={data} />
        </>
      )}
    </div>
  );
}
