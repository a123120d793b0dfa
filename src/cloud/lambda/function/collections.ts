import type { Collection, Key, Store } from "../../store/store.js";
import type { Collections } from "./documents.js";

/** The collections of Lambda's documents. `onChange` is called for every change that can affect an invocation. */
export function lambdaCollections(store: Store, onChange: () => void): Collections {
  const watched = <T>(name: string): Collection<T> => {
    const collection = store.collection<T>(name);
    return {
      get: (key: Key) => collection.get(key),
      list: (prefix: Key) => collection.list(prefix),
      keys: (prefix: Key) => collection.keys(prefix),
      put(key, document) {
        collection.put(key, document);
        onChange();
      },
      remove(key) {
        onChange();
        return collection.remove(key);
      },
    };
  };
  return {
    functions: watched("lambda-functions"),
    versions: watched("lambda-versions"),
    aliases: watched("lambda-aliases"),
    policies: watched("lambda-policies"),
    events: store.collection("lambda-events"),
    failedStarts: store.collection("lambda-failed-starts"),
  };
}
