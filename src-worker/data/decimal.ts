const ZERO = 48;
const NINE = 57;
const MINUS = 45;
/** Every whole number of so many digits is exact in float64. */
const EXACT_DIGITS = 15;

/**
 * Reads plain decimals, such as −12.50, out of text without making a string: the digits, here −1250, and how many of them stand
 * behind the decimal sign, here 2. What it leaves to others: signs of plus, exponents, spaces, grouped digits, more than 15 digits.
 *
 * Digits and 10^places are exact in float64, so digits / 10^places is correctly rounded.
 * Source: W. D. Clinger, "How to Read Floating Point Numbers Accurately", PLDI 1990, §3, the case of exact operands.
 */
export class DecimalScanner {
  digits = 0;
  places = 0;

  /**
   * @param sign character code of the decimal sign
   * @returns whether all of `text` is such a decimal; `digits` and `places` then hold it
   */
  scan(text: string, sign: number): boolean {
    const { length } = text;
    if (length === 0 || length > EXACT_DIGITS + 2) return false;
    let at = text.charCodeAt(0) === MINUS ? 1 : 0;
    const negative = at === 1;
    let digits = 0;
    let count = 0;
    let point = -1;
    for (; at < length; at++) {
      const code = text.charCodeAt(at);
      if (code >= ZERO && code <= NINE) {
        digits = digits * 10 + (code - ZERO);
        count++;
      } else if (code === sign && point === -1) {
        point = at;
      } else {
        return false;
      }
    }
    if (count === 0 || count > EXACT_DIGITS) return false;
    this.digits = negative && digits !== 0 ? -digits : digits;
    this.places = point === -1 ? 0 : length - 1 - point;
    return true;
  }
}
