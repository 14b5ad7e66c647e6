/**
 * For zod, where a schema is used a few times: it would first write and compile a function for it, which takes longer than what it is used
 * for.
 */
export const WITHOUT_COMPILING = { jitless: true } as const;
