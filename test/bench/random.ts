/**
 * A seeded source of random numbers: the same seed gives the same log on any machine. Fast before fine (xorshift with
 * a Weyl sequence, Marsaglia 2003); of no use for secrets.
 */

export class Random {
  #state: number;
  #weyl = 0;

  constructor(seed: number) {
    this.#state = Math.imul(seed ^ 0x5bd1e995, 0x9e3779b1) | 1;
    for (let warm = 0; warm < 8; warm++) this.bits();
  }

  /** 32 random bits as a signed integer. */
  bits(): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    this.#weyl = (this.#weyl + 0x61c88647) | 0;
    return Math.imul(x ^ (this.#weyl >>> 15), 0x2c1b3c6d) ^ this.#weyl;
  }

  /** An integer from 0 up to, not including, `bound`. */
  below(bound: number): number {
    return Math.floor((this.bits() >>> 0) * 2 ** -32 * bound);
  }

  /** A rank from 0 up to, not including, `count`, where rank r comes about 1/(r+1) as often as rank 0 (Zipf, exponent 1). */
  rank(count: number): number {
    return Math.floor(Math.exp((this.bits() >>> 0) * 2 ** -32 * Math.log(count + 1))) - 1;
  }
}
