/** The values that differ, before and after, for the audit record; undefined when nothing differs. */
export function changedValues<Values extends Readonly<Record<string, unknown>>>(
  before: Values,
  after: Values,
): { readonly before: Partial<Values>; readonly after: Partial<Values> } | undefined {
  const names = Object.keys(after).filter((name) => before[name] !== after[name])
  if (names.length === 0) return undefined
  const only = (values: Values) => Object.fromEntries(names.map((name) => [name, values[name]])) as Partial<Values>
  return { before: only(before), after: only(after) }
}
