import { fixed } from '#main/core/live.ts';
import { guardPolicies } from '#main/runtime/guard-policies.ts';
import { configDefaults } from '#shared/config.ts';

/** The policy of a guard while nobody changed a setting. */
export const defaultGuardPolicy = guardPolicies(fixed(configDefaults)).memory.current;
