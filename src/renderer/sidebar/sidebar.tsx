import { useDeferredValue } from 'react';
import { useProjects } from '../hooks/use-projects.ts';
import { MachineSection } from '../panels/machine/machine-section.tsx';
import { ArtifactChoice } from './artifact-choice.tsx';
import { BrandHeader } from './brand-header.tsx';
import { CacheSection } from './cache-section.tsx';
import { GenerateButton } from './generate-button.tsx';
import { ProjectExplorer } from './project-explorer.tsx';
import { ProviderSection } from './provider/provider-section.tsx';
import { RecentRuns } from './recent-runs.tsx';
import { RunSettings } from './run-settings.tsx';
import classes from './sidebar.module.css';
import { ThemeSwitch } from './theme-switch.tsx';
import { WarmUpStatus } from './warm-up-status.tsx';

/** The controls. Each acts on change; Generate is the only button that starts work. */
export function Sidebar() {
  const projects = useProjects();
  // The controls follow the first drawing of the page: all at once would hold it too long.
  const soon = useDeferredValue(true, false);
  return (
    <aside className={classes.sidebar} aria-label="Controls">
      <BrandHeader />
      <div className={classes.scroll}>
        <ProjectExplorer projects={projects} />
        {soon && (
          <>
            <ArtifactChoice />
            <RunSettings />
            <ProviderSection />
            <CacheSection />
            <RecentRuns />
            <MachineSection />
          </>
        )}
      </div>
      <div className={classes.foot}>
        <GenerateButton />
        <ThemeSwitch />
        <WarmUpStatus />
      </div>
    </aside>
  );
}
