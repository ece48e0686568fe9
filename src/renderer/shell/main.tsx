import { Badge, Tabs } from '@mantine/core';
import { IconGitCompare, IconHistory, IconListSearch, IconPlayerPlay } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useEndedStreams } from '../hooks/streams-context.ts';
import { usePreload } from '../hooks/use-preload.ts';
import { useProposals } from '../hooks/use-proposals.ts';
import { useActiveRunId, useCurrentRunId } from '../hooks/use-runs.ts';
import { useWorkbench } from '../hooks/workbench-provider.tsx';
import { type Tab, tabs } from '../model/workbench.ts';
import { IndicatorStrip, SmallIndicators } from '../panels/calls/indicator-strip.tsx';
import { FactsPanel } from '../panels/facts/facts-panel.tsx';
import { HistoryPanel } from '../panels/history/history-panel.tsx';
import { RunPanel } from '../panels/run/run-panel.tsx';
import { PanelSkeleton } from './panel-skeleton.tsx';
import classes from './shell.module.css';

const loadReview = () => import('../panels/review/review-panel.tsx');
const loadStream = () => import('../panels/review/editor/stream-editor.tsx');
const loadEditor = () => import('../panels/review/editor/merge-editor.tsx');
const ReviewPanel = lazy(loadReview);

const looks = {
  facts: ['Facts', IconListSearch],
  run: ['Run', IconPlayerPlay],
  review: ['Review', IconGitCompare],
  history: ['History', IconHistory],
} as const satisfies Record<Tab, unknown>;

/** The main panel: four tabs, of which one is drawn. */
export function Main() {
  const { state, dispatch } = useWorkbench();
  const looksAtRun = state.tab === 'run' || state.tab === 'review';
  usePreload(loadReview);
  usePreload(loadStream);
  usePreload(loadEditor);
  return (
    <Tabs
      value={state.tab}
      onChange={(tab) => tab && dispatch({ type: 'tab', tab: tab as Tab })}
      keepMounted={false}
      className={classes.tabs}
    >
      <div className={classes.tabRow}>
        <Tabs.List className={classes.tabList} aria-label="Panels">
          {tabs.map((tab) => {
            const [label, Icon] = looks[tab];
            return (
              <Tabs.Tab key={tab} value={tab} leftSection={<Icon size={15} aria-hidden />}>
                {label}
                {tab === 'run' && <RunMark />}
                {tab === 'review' && <ReviewMark />}
              </Tabs.Tab>
            );
          })}
        </Tabs.List>
        {!looksAtRun && <SmallIndicators />}
      </div>
      {looksAtRun && <IndicatorStrip />}
      <Tabs.Panel value={state.tab} className={classes.panel}>
        <Suspense fallback={<PanelSkeleton />}>
          {state.tab === 'facts' && <FactsPanel />}
          {state.tab === 'run' && <RunPanel />}
          {state.tab === 'review' && <ReviewPanel />}
          {state.tab === 'history' && <HistoryPanel />}
        </Suspense>
      </Tabs.Panel>
    </Tabs>
  );
}

/** Beside the name of its panel: that a run is going on. */
function RunMark() {
  if (useActiveRunId() === null) return null;
  return <span className={classes.pulse} role="img" aria-label="A run is going on" />;
}

/** Beside the name of its panel: how many files wait for a decision. */
function ReviewMark() {
  const { sorted } = useProposals(useCurrentRunId());
  useEndedStreams(sorted);
  const open = sorted.filter((one) => one.state === 'open').length;
  if (open === 0) return null;
  const count = open.toLocaleString('en');
  return (
    <Badge aria-label={`${count} to review`} className={`num ${classes.mark}`}>
      {count}
    </Badge>
  );
}
