import type { ImageColor, ImageFit, ImageReading } from './document';
import { imageFields } from './fields';
import { pathTo, type Findings } from './findings';
import { readChoice, readNumber, readObject } from './read';

/** Reads `data.source.images`: what a person decided about image files, and nothing that was left out. */
export function readImageReading(value: unknown, path: string, findings: Findings): ImageReading {
  const images = readObject(value, path, Object.keys(imageFields), findings);
  const given = (key: keyof ImageReading): unknown => images.get(key);
  const at = (key: keyof ImageReading): string => pathTo(path, key);
  const [width, height, fit, color] = [given('width'), given('height'), given('fit'), given('color')];
  if ((width === undefined) !== (height === undefined)) {
    findings.add(
      'image-size',
      path,
      `${path} gives ${width === undefined ? 'a height without a width' : 'a width without a height'}.`,
      'Write both, or neither to have the size found out.',
    );
  }
  return {
    ...(width !== undefined && { width: readNumber(width, at('width'), imageFields.width, findings) }),
    ...(height !== undefined && { height: readNumber(height, at('height'), imageFields.height, findings) }),
    ...(fit !== undefined && { fit: readChoice(fit, at('fit'), imageFields.fit, findings) as ImageFit }),
    ...(color !== undefined && { color: readChoice(color, at('color'), imageFields.color, findings) as ImageColor }),
  };
}
