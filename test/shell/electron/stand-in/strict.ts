/**
 * Makes an object throw for every member that the stand-in does not have, so that nothing seems to work that was never
 * done.
 */
export function strict<T extends object>(name: string, implemented: T): T {
  return new Proxy(implemented, {
    get(target, member) {
      if (typeof member === 'symbol' || member === 'then') return Reflect.get(target, member);
      if (!(member in target)) throw new Error(`the stand-in for electron has no ${name}.${member}`);
      const value: unknown = Reflect.get(target, member);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** An event whose default something may prevent. */
export interface PreventableEvent {
  readonly defaultPrevented: boolean;
  preventDefault(): void;
}

/** A new one, with what else it tells. */
export function preventable<T extends object>(facts: T): T & PreventableEvent {
  const state = { defaultPrevented: false };
  return {
    ...facts,
    get defaultPrevented() {
      return state.defaultPrevented;
    },
    preventDefault() {
      state.defaultPrevented = true;
    },
  };
}
