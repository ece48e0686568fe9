/**
 * Does what would hold the page in several tasks: the first begins soon, and at each `yield` the
 * browser may draw and hear the user. Returns the way to stop before the next.
 */
export function inTasks(work: () => Generator<void>): () => void {
  const steps = work();
  let goesOn = true;
  const next = () => {
    if (goesOn && !steps.next().done) setTimeout(next);
  };
  setTimeout(next);
  return () => {
    goesOn = false;
  };
}
