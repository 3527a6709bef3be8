/** The most MiB that a process drawing pages of this browser profile has held (VmHWM); 0: there is none. */
export function rendererPeakMiB(profile: string): number;
