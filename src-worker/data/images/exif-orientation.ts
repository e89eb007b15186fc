const ORIENTATION = 0x112;
const SHORT = 3;

/**
 * How a camera was held, 1 to 8; from 5 on rows and columns change places. Null where the segment does not say. Source: CIPA DC-008
 * (Exif 2.32), §4.6.4, tag Orientation.
 *
 * @param segment an APP1 segment of a JPEG file, without its length
 */
export function exifOrientation(segment: Uint8Array): number | null {
  const isExif = [0x45, 0x78, 0x69, 0x66, 0, 0].every((byte, index) => segment[index] === byte);
  if (!isExif || segment.length < 14) return null;
  const tiff = new DataView(segment.buffer, segment.byteOffset + 6, segment.byteLength - 6);
  const order = tiff.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return null;
  const little = order === 0x4949;
  const directory = tiff.getUint32(4, little);
  if (directory + 2 > tiff.byteLength) return null;
  const entries = tiff.getUint16(directory, little);
  for (let at = directory + 2; at + 12 <= tiff.byteLength && at < directory + 2 + entries * 12; at += 12) {
    if (tiff.getUint16(at, little) !== ORIENTATION || tiff.getUint16(at + 2, little) !== SHORT) continue;
    const value = tiff.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : null;
  }
  return null;
}
