import type { Part } from '../../engine';
import type { LabelledImages, LoadedImages } from '../loaded';
import { classIndices } from '../class-indices';
import { bytesOf } from '../image-bytes';
import type { ImageParts } from '../prepare-images';
import type { DataSpec } from '../../experiment/document';
import type { DataBrowser, DataOverview, ImagesPage, ImagesRequest, ImageView } from './browse-types';
import { placesWhere, sortPlaces } from './order-rows';
import { partNamedBy, partsOfPlaces, shownPlaces } from './row-parts';

/** What a look at images starts from. */
export interface PreparedImages {
  readonly loaded: LoadedImages;
  readonly spec: Pick<DataSpec, 'relabelled'>;
  readonly parts: ImageParts;
  /** The different labels, in the order of the classes. */
  readonly labels: readonly number[];
  readonly classCounts: DataOverview['classCounts'];
  readonly copies: DataOverview['copies'];
}

interface ImageFile {
  readonly source: LabelledImages;
  readonly first: number;
  readonly labelled: Int32Array;
  readonly classOf: Int32Array;
}

/** Images of one answer. */
const MOST_IMAGES = 500;

/** Looks at prepared images. */
export function browseImages({ loaded, spec, parts, labels, classCounts, copies }: PreparedImages): DataBrowser {
  const { images, devImages, testImages } = loaded;
  const sources = [images, devImages, testImages].filter((source) => source !== undefined && source !== null);
  let total = 0;
  const files = sources.map((source): ImageFile => {
    const labelled = classIndices(source, labels);
    const part = Object.values(parts).find((candidate) => candidate.source === source);
    const file = { source, first: total, labelled, classOf: part?.classOf ?? labelled };
    total += source.count;
    return file;
  });
  const fileAt = (place: number): ImageFile => files.findLast(({ first }) => place >= first)!;
  const classAt = (place: number): number => {
    const { classOf, first } = fileAt(place);
    return classOf[place - first]!;
  };
  const placed = (part: Part): { rows: Uint32Array; first: number } => ({
    rows: parts[part].rows,
    first: files.find(({ source }) => source === parts[part].source)!.first,
  });
  const partOf = partsOfPlaces(total, { train: placed('train'), dev: placed('dev'), test: placed('test') });

  let ordered: { readonly key: string; readonly places: Uint32Array } | null = null;
  const order = ({ show, class: wanted, order: by }: ImagesRequest): Uint32Array => {
    const key = JSON.stringify([show, wanted, by]);
    if (ordered?.key === key) return ordered.places;
    const isShown = shownPlaces(show, partOf, spec.relabelled);
    const found = placesWhere(
      total,
      (place) => isShown?.(place) !== false && (wanted === null || classAt(place) === wanted),
    );
    ordered = { key, places: by === 'class' ? sortPlaces(found, classAt, false) : found };
    return ordered.places;
  };

  const look = (place: number): ImageView => {
    const { source, first, labelled, classOf } = fileAt(place);
    const at = place - first;
    return {
      place,
      part: partNamedBy(partOf[place]!),
      own: first === 0,
      labelled: labelled[at]!,
      class: classOf[at]!,
      pixels: bytesOf(source, at),
    };
  };

  return {
    own: images.count,
    placesOf: (part) => {
      const { rows, first } = placed(part);
      return rows.map((row) => first + row);
    },
    examplesAt: (places) => places.map((place) => ({ cells: [], pixels: look(place).pixels })),
    overview: () => ({ columns: [], inputs: [], targets: [], classCounts, copies, total, own: images.count }),
    rows: () => ({ matching: 0, rows: [], found: null }),
    scatter: () => {
      throw new RangeError('images have no columns to draw');
    },
    images(request): ImagesPage {
      const places = order(request);
      const from = Math.max(0, Math.min(places.length, Math.floor(request.from)));
      const count = Math.max(0, Math.min(MOST_IMAGES, Math.ceil(request.count)));
      const found = request.find === undefined ? -1 : places.indexOf(request.find);
      return {
        matching: places.length,
        images: Array.from(places.subarray(from, from + count), look),
        found: found === -1 ? null : found,
      };
    },
  };
}
