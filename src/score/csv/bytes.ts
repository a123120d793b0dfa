// Bytes with a meaning in CSV.

export const newline = 0x0a;
export const carriageReturn = 0x0d;
export const quote = 0x22;
export const space = 0x20;
export const tab = 0x09;
