import { Select, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { type ArtifactKind, artifactKinds } from '#shared/artifact.ts';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { type PreviewTarget, usePromptPreview } from '../../hooks/use-prompt-preview.ts';
import { useScan } from '../../hooks/use-scan.ts';
import { useWorkbench } from '../../hooks/workbench-provider.tsx';
import { artifactNames } from '../../model/artifact-names.ts';
import { baseName } from '../../model/format.ts';
import { isOfProject, previewService } from '../../model/preview-service.ts';
import { NearAnswers } from './near-answers.tsx';
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
  const { refreshNext } = useWorkbench().state;
  const scan = useScan(target.root);
  const services = scan.data?.services ?? [];
  const whole = isOfProject(target.kind);
  const service = previewService(target.kind, target.service, services);
  const preview = usePromptPreview({ ...target, service }, whole || !scan.isPending);
  const { data, isFetching, refetch } = preview;
  const { root, kind, use, model } = target;
  const error = preview.error ?? (whole ? null : scan.error);
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
          allowDeselect={false}
          disabled={whole}
          data={[...new Set(services.map(({ name }) => name))]}
          value={service}
          onChange={(name) => setTarget({ ...target, service: name })}
        />
      </div>
      {error && !isFetching && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={360} radius="md" />}
      {data && !error && (
        <>
          <PreviewSummary preview={data} />
          <NearAnswers
            target={{ root, kind, use, model, service, cache: refreshNext ? 'refresh' : 'use' }}
            ready={whole || !scan.isPending}
          />
          <PreviewTexts preview={data} />
        </>
      )}
    </div>
  );
}
