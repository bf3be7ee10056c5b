const FNV_PRIME = 0x01000193;
const FNV_BASIS = 0x811c9dc5;

/** 64 bits of a text as 16 hexadecimal digits, to tell versions apart, not to keep secrets: two 32-bit FNV-1a hashes. */
export function hashText(text: string): string {
  let low = FNV_BASIS;
  let high = FNV_BASIS ^ 0x5bd1e995;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    low = Math.imul(low ^ code, FNV_PRIME);
    high = Math.imul(high ^ (code + i), FNV_PRIME);
  }
  return [high, low].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}
