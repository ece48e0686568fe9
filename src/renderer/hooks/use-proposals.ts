import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Proposal, ProposalSummary } from '#shared/run.ts';
import { useBridge } from '../bridge/bridge-context.ts';
import { callRoute } from '../bridge/call-route.ts';
import { keys } from '../bridge/query-keys.ts';
import { sortProposals } from '../model/review-rows.ts';
import { toastDone, toastError } from './toasts.ts';

const empty: readonly ProposalSummary[] = [];

/** The proposals of a run without their texts, in reading order. */
export function useProposals(runId: string | null) {
  const bridge = useBridge();
  const query = useQuery({
    queryKey: keys.proposals(runId ?? ''),
    queryFn: () => callRoute(bridge, 'proposal.list', { runId: runId ?? '' }),
    enabled: runId !== null,
  });
  const sorted = useMemo(() => sortProposals(query.data ?? empty), [query.data]);
  return { query, sorted };
}

/** A proposal with its texts, which are asked for when it is first looked at. */
export function useProposal({ runId, id }: ProposalSummary) {
  const bridge = useBridge();
  return useQuery({
    queryKey: keys.texts(runId, id),
    queryFn: () => callRoute(bridge, 'proposal.get', { id }),
  });
}

/** Accepts, rejects or reopens proposals. */
export function useDecide() {
  const bridge = useBridge();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: {
      readonly ids: readonly string[];
      readonly state: 'open' | 'accepted' | 'rejected';
    }) => callRoute(bridge, 'proposal.decide', { ids: [...input.ids], state: input.state }),
    onSuccess: (changed) => store(client, changed),
    onError: toastError,
  });
}

/** Takes the other file that there is for a proposal: the blueprint's or the model's. */
export function useSwapProposal() {
  const bridge = useBridge();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => callRoute(bridge, 'proposal.swap', { id }),
    onSuccess: (changed) => storeWhole(client, changed),
    onError: toastError,
  });
}

/** Gives a proposal new content; its findings come back with it. */
export function useEditProposal() {
  const bridge = useBridge();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { readonly id: string; readonly content: string }) =>
      callRoute(bridge, 'proposal.edit', input),
    onSuccess: (changed) => storeWhole(client, changed),
    onError: toastError,
  });
}

/** Has a memory forgotten that a proposal cites; the proposal keeps its text. */
export function useForget() {
  const bridge = useBridge();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { readonly id: string; readonly memoryId: string }) =>
      callRoute(bridge, 'proposal.forget', input),
    onSuccess: (changed) => {
      store(client, [changed]);
      toastDone('Forgotten', 'The next proposals are made without it; this one keeps its text.');
    },
    onError: toastError,
  });
}

function storeWhole(client: QueryClient, changed: Proposal): void {
  const { base: _base, content: _content, ...summary } = changed;
  client.setQueryData<Proposal>(keys.texts(changed.runId, changed.id), changed);
  store(client, [summary]);
}

function store(client: QueryClient, changed: readonly ProposalSummary[]): void {
  const byId = new Map(changed.map((proposal) => [proposal.id, proposal]));
  const runId = changed[0]?.runId;
  if (runId === undefined) return;
  client.setQueryData<readonly ProposalSummary[]>(keys.proposals(runId), (list) =>
    list?.map((proposal) => byId.get(proposal.id) ?? proposal),
  );
}
