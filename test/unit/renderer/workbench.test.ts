import { describe, expect, it } from 'vitest';
import {
  initialWorkbench,
  reduceWorkbench,
  targetsOf,
  type WorkbenchAction,
} from '../../../src/renderer/model/workbench.ts';

const play = (...actions: readonly WorkbenchAction[]) =>
  actions.reduce(reduceWorkbench, initialWorkbench);

describe('the workbench', () => {
  it('shows the first project of a first start', () => {
    expect(play({ type: 'projects', roots: ['/sample', '/b'], last: null }).root).toBe('/sample');
    expect(play({ type: 'projects', roots: ['/sample', '/b'], last: '/b' }).root).toBe('/b');
    expect(play({ type: 'projects', roots: ['/sample', '/b'], last: '/gone' }).root).toBe(
      '/sample',
    );
  });

  it('keeps the choice when the list is fetched again, and drops what was removed', () => {
    const state = play(
      { type: 'projects', roots: ['/a', '/b'], last: null },
      { type: 'project', root: '/b' },
      { type: 'tick-all', roots: ['/a', '/b'] },
      { type: 'projects', roots: ['/a', '/b', '/c'], last: null },
    );
    expect(state.root).toBe('/b');
    const removed = reduceWorkbench(state, { type: 'projects', roots: ['/a', '/c'], last: null });
    expect(removed.root).toBe('/a');
    expect([...removed.ticked]).toEqual(['/a']);
    expect(reduceWorkbench(removed, { type: 'projects', roots: [], last: null }).root).toBeNull();
  });

  it('generates for the ticked projects, otherwise for the one shown', () => {
    const shown = play({ type: 'projects', roots: ['/a', '/b'], last: null });
    expect(targetsOf(initialWorkbench)).toEqual([]);
    expect(targetsOf(shown)).toEqual(['/a']);
    const ticked = reduceWorkbench(shown, { type: 'tick', root: '/b', on: true });
    expect(targetsOf(ticked)).toEqual(['/b']);
    const none = reduceWorkbench(ticked, { type: 'tick', root: '/b', on: false });
    expect(targetsOf(none)).toEqual(['/a']);
  });

  it('forgets the file in hand when another run is shown', () => {
    const state = play({ type: 'proposal', id: 'p' }, { type: 'run', id: 'r2', tab: 'review' });
    expect(state).toMatchObject({ runId: 'r2', proposalId: null, tab: 'review' });
  });
});
