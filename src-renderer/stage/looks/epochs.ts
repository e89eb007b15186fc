/** `12`, and inside of an epoch `12.4`. */
export function formatEpoch(epoch: number): string {
  return Number.isInteger(epoch)
    ? epoch.toLocaleString('en-US')
    : epoch.toLocaleString('en-US', { maximumFractionDigits: epoch < 10 ? 2 : 1 });
}
