/** Makes something of an object once, for as long as the object is there. What fails is tried again by who asks next. */
export function remember<Key extends object, Value>(
  make: (key: Key) => Promise<Value>,
): (key: Key) => Promise<Value> {
  const made = new WeakMap<Key, Promise<Value>>();
  return async (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const making = make(key);
    made.set(key, making);
    try {
      return await making;
    } catch (error) {
      made.delete(key);
      throw error;
    }
  };
}
