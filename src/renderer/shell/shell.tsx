import { useConfigProblems, useNotices } from '../hooks/use-notices.ts';
import { useOmegaEvents } from '../hooks/use-omega-events.ts';
import { useChosenProject } from '../hooks/use-projects.ts';
import { useRunToast } from '../hooks/use-run-toast.ts';
import { useTheme } from '../hooks/use-theme.ts';
import { Sidebar } from '../sidebar/sidebar.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { Main } from './main.tsx';
import classes from './shell.module.css';
import { Shortcuts } from './shortcuts.tsx';

/** The window: sidebar on the left, the chosen panel beside it. */
export function Shell() {
  return (
    <div className={classes.shell}>
      <Watchers />
      <Sidebar />
      <main className={classes.main}>
        <ConnectionBanner />
        <Main />
      </main>
      <Shortcuts />
    </div>
  );
}

/** What goes on beside the page. It draws nothing, so that what it hears of draws nothing again. */
function Watchers() {
  useOmegaEvents();
  useChosenProject();
  useTheme();
  useNotices();
  useConfigProblems();
  useRunToast();
  return null;
}
