import type { ObjectId } from './built.ts';

/** Whether an object is of Kubernetes itself, whose lists have merge keys; own kinds' have none. */
export function isBuiltIn({ group }: Pick<ObjectId, 'group'>): boolean {
  return !group.includes('.') || /^(?:[a-z-]+\.)*k8s\.io$/.test(group);
}
