import { afterEach, describe, expect, test, vi } from 'vitest';
import { loadCodecFromDisk } from '../../../src-main/cli/load-codec';
import { defaultDataSpec } from '../../experiment/defaults';
import type { ImageReading } from '../../experiment/document';
import type { LoadProgress } from '../../api';
import type { Problem } from '../../problem';
import { createRandom } from '../../random';
import { loadData, LoadWatch, prepare } from '..';
import golden from '../golden/images.json' with { type: 'json' };
import type { LoadedImages } from '../loaded';
import { pngBytes } from '../testing/png';
import { zip } from '../testing/zip';

const services = { decodeTable: null, loadCodec: loadCodecFromDisk };
const sourceOf = (images?: ImageReading) => ({ files: [], testFiles: [], ...(images && { images }) });

const random = createRandom(1, 'folders');
const noise = (length: number): Uint8Array => Uint8Array.from({ length }, () => random.integer(256));
const grey = (width = 4, height = 4): Uint8Array<ArrayBuffer> => pngBytes(width, height, 1, noise(width * height));
const colored = (): Uint8Array<ArrayBuffer> => pngBytes(4, 4, 3, noise(48));
const file = (name: string, bytes: Uint8Array<ArrayBuffer> = grey()): File => new File([bytes], name);
const several = (...names: readonly string[]): readonly File[] => names.map((name) => file(name));

async function read(files: readonly File[], tests: readonly File[] = [], images?: ImageReading) {
  const loaded = await loadData(defaultDataSpec(sourceOf(images)), files, tests, services);
  if (!loaded.ok) throw new Error(loaded.problems[0]!.message);
  if (loaded.value.kind !== 'images') throw new Error('expected images');
  return loaded.value;
}

async function problemOf(files: readonly File[], tests: readonly File[] = []) {
  const loaded = await loadData(defaultDataSpec(sourceOf()), files, tests, services);
  if (loaded.ok) throw new Error('expected a problem');
  return loaded.problems[0]!;
}

/** The class of each image, by part. */
function classesOf({ images, devImages, testImages }: LoadedImages) {
  const of = (part: LoadedImages['testImages'] | undefined) =>
    part ? [...part.labels].map((label) => part.classNames![label]) : null;
  return { train: of(images), dev: of(devImages), test: of(testImages) };
}

describe('reading folders', () => {
  const many = Array.from({ length: 100 }, (_, n) => file(`pets/${n % 2 === 0 ? 'cat' : 'dog'}/${n}.png`));
  const spec = defaultDataSpec(sourceOf());
  /** Every look at the clock is as long after the last as progress waits to be told. */
  const hurry = (): void => {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 100));
  };
  afterEach(() => vi.restoreAllMocks());

  test('tells how many images are done, up to all of them', async () => {
    const told: LoadProgress[] = [];
    hurry();
    expect(
      await loadData(spec, many, [], services, new LoadWatch(many, (progress) => told.push(progress))),
    ).toMatchObject({
      ok: true,
    });
    const done = told.flatMap(({ images }) => (images === undefined ? [] : [images.done]));
    expect(done.length).toBeGreaterThan(5);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(told.at(-1)!.images).toEqual({ done: 100, all: 100 });
  });

  test('ends between two images when it is stopped', async () => {
    hurry();
    const stopped: Problem = { code: 'data/cancelled', message: 'Stopped.', hint: 'Again.' };
    const watch: LoadWatch = new LoadWatch(many, ({ images }) => {
      if (images !== undefined && images.done > 20) watch.stop(stopped);
    });
    const outcome = await loadData(spec, many, [], services, watch);
    expect(outcome).toEqual({ ok: false, problems: [stopped] });
  });
});

describe('folders name classes', () => {
  test.each([
    ['one folder of classes', several('pets/cat/1.png', 'pets/dog/2.png', 'pets/cat/3.png')],
    ['classes dropped together', several('cat/1.png', 'dog/2.png', 'cat/3.png')],
    ['folders around them', several('a/b/cat/1.png', 'a/b/dog/2.png', 'a/b/cat/3.png')],
    ['folders in a class', several('a/cat/x/1.png', 'a/dog/2.png', 'a/cat/y/3.png')],
    [
      'what systems leave behind',
      [
        ...several('a/cat/1.png', 'a/dog/2.png', 'a/cat/3.png'),
        ...several('a/.DS_Store', 'a/__MACOSX/cat/1.png', 'a/cat/Thumbs.db'),
      ],
    ],
  ])('%s', async (_, files) => {
    const loaded = await read(files);
    expect(classesOf(loaded).train!.toSorted()).toEqual(['cat', 'cat', 'dog']);
    expect(loaded.warnings).toEqual([]);
  });

  test('an archive is a folder, and several are classes', async () => {
    const packed = zip(['cat/1.png', 'dog/2.png', '__MACOSX/cat/1.png'].map((name) => ({ name, content: grey() })));
    expect(classesOf(await read([new File([packed], 'pets.zip')])).train).toEqual(['cat', 'dog']);
    const one = (name: string): File => new File([zip([{ name: '1.png', content: grey() }])], name);
    expect(classesOf(await read([one('cat.zip'), one('dog.zip')])).train).toEqual(['cat', 'dog']);
  });

  test('numbers come in their order', async () => {
    const { images } = await read(several('d/10/1.png', 'd/9/1.png', 'd/2/1.png'));
    expect(images.classNames).toEqual(['2', '9', '10']);
  });

  test('train, val and test are parts', async () => {
    const loaded = await read(
      several(
        ...['train/cat/1.png', 'train/dog/1.png', 'val/cat/2.png', 'test/dog/3.png', 'test/dog/4.png'].map(
          (name) => `pets/${name}`,
        ),
      ),
    );
    expect(classesOf(loaded)).toEqual({ train: ['cat', 'dog'], dev: ['cat'], test: ['dog', 'dog'] });
    const spec = defaultDataSpec(sourceOf());
    const prepared = prepare(loaded, spec);
    expect(prepared).toMatchObject({ ok: true, value: { summary: { rows: 5, parts: { train: 2, dev: 1, test: 2 } } } });
    const warned = (of: typeof prepared) =>
      of.ok ? of.value.summary.warnings.filter(({ code }) => code === 'data/dev-folder-unused') : [];
    expect(warned(prepared)).toEqual([]);

    // With k folds the folder has no place, which is said.
    const folds = prepare(loaded, { ...spec, split: { ...spec.split, method: 'folds', folds: 2, stratify: false } });
    expect(folds).toMatchObject({ ok: true, value: { summary: { parts: { train: 1, dev: 1, test: 2 } } } });
    expect(warned(folds)[0]!.message).toBe(
      'The dev folder of pets (images: 1) is not used: with k folds each fold is the dev part once.',
    );
  });

  test('a test folder dropped beside', async () => {
    const loaded = await read(
      several('train/cat/1.png', 'train/dog/1.png'),
      several('test/dog/1.png', 'test/fox/2.png'),
    );
    expect(classesOf(loaded)).toEqual({ train: ['cat', 'dog'], dev: null, test: ['dog', 'fox'] });
    expect(loaded.images.classNames).toEqual(['cat', 'dog', 'fox']);
  });

  test.each([
    ['a single image', several('cat.png'), 'cat.png is a single image, from which no class can be told.'],
    [
      'images without folders',
      several('a/1.png', 'a/2.png'),
      'The 2 images of a all lie in one place, so that nothing tells their classes.',
    ],
  ])('%s says what is expected', async (_, files, message) => {
    expect(await problemOf(files)).toMatchObject({
      code: 'images/no-classes',
      message,
      file: files[0]!.name.split('/')[0],
    });
  });

  test('images and a table together', async () => {
    expect((await problemOf([...several('a/cat/1.png'), new File(['x,y\n1,2\n'], 't.csv')])).code).toBe(
      'data/mixed-files',
    );
  });
});

describe('what is left out is named', () => {
  const good = several('pets/cat/1.png', 'pets/dog/2.png');

  test('damaged images, counted, each with its reason', async () => {
    const cut = grey().slice(0, 50);
    const html = new TextEncoder().encode('<html>');
    const files = [
      ...good,
      file('pets/cat/cut.png', cut),
      file('pets/dog/page.jpg', html),
      file('pets/dog/empty.gif', new Uint8Array()),
    ];
    const loaded = await read(files);
    expect(loaded.images.count).toBe(2);
    const [warning] = loaded.warnings;
    expect(warning).toMatchObject({ code: 'images/bad', file: 'pets' });
    expect(warning!.message).toMatch(
      /^3 of the 5 images of pets were left out as damaged or unreadable: pets\/cat\/cut.png \(it was cut off.*\), pets\/dog\/empty.gif \(it is empty\), pets\/dog\/page.jpg \(it is no .*\)\.$/,
    );
  });

  test('images beside the folders, and files that are none', async () => {
    const loaded = await read([...good, ...several('pets/cover.png'), new File(['hello'], 'pets/README.txt')]);
    expect(loaded.warnings.map(({ code, message }) => [code, message])).toEqual([
      ['bundle/left-out', 'One file of pets was left out as no data by name: README.txt.'],
      ['images/loose', 'One image of pets lies in no folder of a class and was left out: pets/cover.png.'],
    ]);
  });

  test('nothing but damaged images', async () => {
    const files = ['a/x/1.png', 'a/y/2.png'].map((name) => file(name, Uint8Array.of(1, 2, 3)));
    expect(await problemOf(files)).toMatchObject({ code: 'images/none', file: 'a' });
  });

  test('an archive that is damaged within one image', async () => {
    const packed = zip([
      { name: 'cat/1.png', content: grey() },
      { name: 'dog/2.png', content: grey() },
      { name: 'dog/3.png', content: grey(), crc: 1 },
    ]);
    const loaded = await read([new File([packed], 'pets.zip')]);
    expect(loaded.images.count).toBe(2);
    expect(loaded.warnings[0]!.message).toContain('pets/dog/3.png (pets.zip is damaged: the checksum');
  });

  test.each([
    ['climbs out', { name: '../../cat/1.png', content: grey() }, 'zip/unsafe-name'],
    ['is a link', { name: 'cat/1.png', content: '/etc/passwd', unixMode: 0o120777 }, 'zip/link'],
    ['grows a thousandfold', { name: 'cat/1.png', content: new Uint8Array(2 ** 24) }, 'zip/bomb'],
  ])('an archive with an entry that %s is refused', async (_, entry, code) => {
    const packed = zip([{ name: 'dog/1.png', content: grey() }, entry]);
    expect(await problemOf([new File([packed], 'pets.zip')])).toMatchObject({ code, file: 'pets.zip' });
  });
});

describe('size and colours', () => {
  test('equal sizes are kept, grey stays grey', async () => {
    const { images, reading } = await read(several('a/x/1.png', 'a/y/2.png'));
    expect(images).toMatchObject({ channels: 1, width: 4, height: 4 });
    expect(reading).toEqual({
      ...{ width: 4, height: 4, fit: 'stretch', color: 'grey' },
      reason: 'Every image has 4 × 4 pixels. None has a colour.',
    });
  });

  test('different sizes come to their median, at most 64 a side', async () => {
    const sizes = [
      [300, 200],
      [200, 100],
      [90, 80],
    ] as const;
    const files = sizes.map(([width, height], n) => file(`a/${n % 2}/${n}.png`, grey(width, height)));
    const { images, reading } = await read(files);
    expect(images).toMatchObject({ width: 64, height: 32, count: 3 });
    expect(reading!.reason).toBe(
      'Sizes differ; the median is 200 × 100 pixels, made smaller to at most 64 a side, since every pixel is an input. None has a colour.',
    );
  });

  test('one image with a colour gives all of them three channels, in any order', async () => {
    const [a, b, c] = [file('a/x/1.png'), file('a/x/2.png', colored()), file('a/y/3.png')];
    const forth = await read([a, b, c]);
    const back = await read([c, b, a]);
    expect(forth.images.channels).toBe(3);
    const image = (loaded: LoadedImages, n: number): readonly number[] => [
      ...loaded.images.pixels.subarray(n * 48, (n + 1) * 48),
    ];
    for (const n of [0, 1, 2]) expect(image(forth, n)).toEqual(image(back, 2 - n));
    expect(image(forth, 0).slice(0, 16)).toEqual(image(forth, 0).slice(32));
  });

  test('as a person chose', async () => {
    const files = [file('a/x/1.png', colored()), file('a/y/2.png')];
    const chosen = { width: 6, height: 2, fit: 'contain', color: 'grey' } as const;
    const { images, reading } = await read(files, [], chosen);
    expect(images).toMatchObject({ channels: 1, width: 6, height: 2 });
    expect(reading).toEqual({ ...chosen, reason: '' });
  });

  test('a size at which they do not fit into memory', async () => {
    const names = Array.from({ length: 400 }, (_, n) => `a/${n % 2}/${n}.png`);
    const loaded = await loadData(
      defaultDataSpec(sourceOf({ width: 1_024, height: 1_024, color: 'rgb' })),
      several(...names),
      [],
      services,
    );
    expect(loaded).toMatchObject({ ok: false, problems: [{ code: 'images/too-large', path: 'data.source.images' }] });
  });

  test('every format in one folder', async () => {
    const names = ['rgb.png', 'baseline.jpg', 'lossless.webp', 'palette.gif', 'rgb.bmp'];
    const files = names.map((name, n) => {
      const { file: base64 } = golden.images.find((image) => image.name === name)!;
      return file(`a/${n % 2}/${name}`, Uint8Array.from(Buffer.from(base64, 'base64')));
    });
    const { images, warnings } = await read(files);
    expect(images).toMatchObject({ count: 5, channels: 3, width: 12, height: 9 });
    expect(warnings).toEqual([]);
  });
});
