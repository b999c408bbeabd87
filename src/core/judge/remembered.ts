/** The same function, which works each answer out once: for questions that every target and claim of a phase asks again. */
export function remembered<Key, Value>(
  answer: (key: Key) => Value,
): (key: Key) => Value {
  const known = new Map<Key, { readonly value: Value }>();
  return (key) => {
    const before = known.get(key);
    if (before) return before.value;
    const value = answer(key);
    known.set(key, { value });
    return value;
  };
}

/** The same value, worked out when it is first asked for. */
export function lazily<Value>(work: () => Value): () => Value {
  const answer = remembered<null, Value>(work);
  return () => answer(null);
}
