// Names of executions: which are allowed, and which are made up.

/** A version 4 UUID. */
export function uuidOf(random: () => number): string {
  return 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, (place) => {
    const digit = Math.floor(random() * 16);
    return (place === 'y' ? (digit % 4) + 8 : digit).toString(16);
  });
}

/** 1 to 80 characters without white space, brackets, wildcards, control and special characters. */
export function isName(name: string): boolean {
  return /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u.test(name);
}
