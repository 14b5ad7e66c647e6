/** The phase whose end is the first result of the driver API. */
export const HEADLINE_PHASE = "first_kernel";
