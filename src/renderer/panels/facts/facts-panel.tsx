import { IconFolderPlus } from '@tabler/icons-react';
import { Blank } from '../../components/blank.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useProjects } from '../../hooks/use-projects.ts';
import { useCancelScan, useScan, useScanProgress } from '../../hooks/use-scan.ts';
import { useWorkbench } from '../../hooks/workbench-provider.tsx';
import { baseName } from '../../model/format.ts';
import { HowItWorks } from '../../shell/how-it-works.tsx';
import { PanelSkeleton } from '../../shell/panel-skeleton.tsx';
import { DiagramList } from './diagrams/diagram-list.tsx';
import classes from './facts.module.css';
import { FactsHeader } from './facts-header.tsx';
import { OtherFiles } from './other-files.tsx';
import { Problems } from './problems.tsx';
import { ServiceList } from './service-list.tsx';

/** What the scan found in the shown project. */
export function FactsPanel() {
  const { root } = useWorkbench().state;
  const projects = useProjects();
  const scan = useScan(root);
  const cancel = useCancelScan();
  const files = useScanProgress(root);
  if (projects.data?.length === 0) {
    return (
      <Blank
        icon={<IconFolderPlus />}
        title="Add a project to begin"
        text="Type the path of a folder in the sidebar, or browse to it. Omega reads it and changes nothing."
      />
    );
  }
  if (root === null) return <PanelSkeleton />;
  return (
    <div className={classes.scroll}>
      <div className={classes.page}>
        <HowItWorks />
        <FactsHeader
          name={projects.data?.find((one) => one.root === root)?.name ?? baseName(root)}
          root={root}
          scan={scan.data}
          busy={scan.isFetching}
          files={files}
          onRescan={() => void scan.refetch()}
          onCancel={() => cancel.mutate(root)}
        />
        {scan.error && <ErrorNotice error={scan.error} onRetry={() => void scan.refetch()} />}
        {!scan.data && !scan.error && <PanelSkeleton label="Scanning the project" />}
        {scan.data && <Problems ignored={scan.data.ignored} />}
        {scan.data && <ServiceList key={root} services={scan.data.services} />}
        {scan.data?.diagrams && (
          <DiagramList
            key={`diagrams of ${root}`}
            root={root}
            diagrams={scan.data.diagrams}
            scannedAt={scan.dataUpdatedAt}
          />
        )}
        {scan.data && <OtherFiles scan={scan.data} />}
      </div>
    </div>
  );
}
