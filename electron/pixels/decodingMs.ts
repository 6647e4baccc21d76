/**
 * What decoding so many samples may take of the processor: several times what the slowest honest stream does. A damaged
 * one may make its decoder go round for ever (CharLS 2.3.4 at a run whose error grows without end).
 */
export const decodingMs = (samples: number) => 350 + samples / 1000
