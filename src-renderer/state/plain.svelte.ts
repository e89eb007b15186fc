/** A plain copy of reactive state: a proxy cannot be cloned into the worker or over the bridge. */
export function plain<T>(value: T): T {
  return $state.snapshot(value) as T;
}
