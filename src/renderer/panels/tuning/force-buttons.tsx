import { Button } from '@mantine/core';
import type { Intelligence } from '#shared/intelligence.ts';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useForce } from '../../hooks/use-tuning.ts';
import { toErrorData } from '../../model/error-advice.ts';
import { tuningErrorTitle } from '../../model/tuning-names.ts';
import { canApply, isInForce } from '../../model/tuning-text.ts';

/** Puts what was found in force, or back what was before it; nothing where neither can be. */
export function ForceButtons({ one }: { readonly one: Intelligence }) {
  const force = useForce(one.id);
  const name = one.spec.name;
  const title = force.error ? tuningErrorTitle(toErrorData(force.error).code) : undefined;
  return (
    <>
      {force.error && <ErrorNotice error={force.error} {...(title ? { title } : {})} />}
      {canApply(one) && (
        <div>
          {one.isBetter ? (
            <Button
              size="compact-xs"
              aria-label={`Apply ${name}`}
              loading={force.isPending}
              onClick={() => force.mutate('apply')}
            >
              Apply
            </Button>
          ) : (
            <ConfirmButton
              size="compact-xs"
              label="Apply all the same"
              question="It is not clearly better than what was in force. Write its settings all the same?"
              yes="Apply"
              loading={force.isPending}
              onConfirm={() => force.mutate('apply')}
            />
          )}
        </div>
      )}
      {isInForce(one) && (
        <div>
          <ConfirmButton
            size="compact-xs"
            label="Roll back"
            question="The settings of before are put back; what was changed since then stays."
            yes="Roll back"
            loading={force.isPending}
            onConfirm={() => force.mutate('rollback')}
          />
        </div>
      )}
    </>
  );
}
