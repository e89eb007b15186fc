"""Writes small images of every format and kind, as Pillow writes them, with the pixels that Pillow reads back.

    python3 src-worker/data/golden/generate-images.py > src-worker/data/golden/images.json

made the stored file (with Pillow 12.3.0; then prettier). Expected pixels are RGB over white, [height, width, 3]. `tolerance` is the most that a decoder
may differ: 0 where the format says every bit, 2 for JPEG and lossy WebP, whose transforms may round in other ways.
"""

import base64
import io
import json
import sys

import numpy as np
import PIL
from PIL import Image, ImageOps

HEIGHT, WIDTH = 9, 12
ramp = np.linspace(0, 255, WIDTH)
columns = np.tile(ramp, (HEIGHT, 1))
rows = np.tile(np.linspace(0, 255, HEIGHT)[:, None], (1, WIDTH))
colors = np.stack([columns, rows, 255 - columns], -1).astype(np.uint8)
alpha = np.tile(np.linspace(255, 0, WIDTH), (HEIGHT, 1)).astype(np.uint8)

rgb = Image.fromarray(colors)
rgba = Image.fromarray(np.concatenate([colors, alpha[..., None]], -1))
grey = rgb.convert("L")
palette = rgb.quantize(20)
bits = grey.convert("1")
noise = Image.fromarray(np.random.default_rng(1).integers(0, 256, (40, 50), dtype=np.uint8))
deep = Image.fromarray((columns * 257).astype(np.uint16))


def turned(value):
    exif = Image.Exif()
    exif[0x112] = value
    return exif


IMAGES = [
    ("rgb.png", rgb, {}, 0),
    ("rgba.png", rgba, {}, 0),
    ("grey.png", grey, {}, 0),
    ("grey and alpha.png", rgba.convert("LA"), {}, 0),
    ("palette.png", palette, {}, 0),
    ("palette with a transparent colour.png", palette, {"transparency": 3}, 0),
    ("rgb with a transparent colour.png", rgb, {"transparency": tuple(int(v) for v in colors[2, 3])}, 0),
    ("bits.png", bits, {}, 0),
    ("16 bits.png", deep, {}, 0),
    ("rgb.bmp", rgb, {}, 0),
    ("grey.bmp", grey, {}, 0),
    ("palette.bmp", palette, {}, 0),
    ("bits.bmp", bits, {}, 0),
    ("rgba.bmp", rgba, {}, 0),
    ("palette.gif", palette, {"interlace": 0}, 0),
    ("interlaced.gif", palette, {"interlace": 1}, 0),
    ("transparent.gif", palette, {"transparency": 3}, 0),
    ("long codes.gif", noise, {}, 0),
    ("first frame.gif", palette, {"save_all": True, "append_images": [palette.rotate(180)]}, 0),
    ("baseline.jpg", rgb, {"quality": 90}, 2),
    ("progressive.jpg", rgb, {"quality": 90, "progressive": True}, 2),
    ("grey.jpg", grey, {"quality": 90}, 2),
    ("lossless.webp", rgb, {"lossless": True}, 0),
    ("lossy.webp", rgb, {"quality": 80}, 2),
    ("alpha.webp", rgba, {"lossless": True, "exact": True}, 0),
]
IMAGES += [(f"orientation {n}.jpg", rgb, {"quality": 95, "subsampling": 0, "exif": turned(n)}, 2) for n in range(1, 9)]

entries = []
for name, image, options, tolerance in IMAGES:
    file = io.BytesIO()
    image.save(file, {"jpg": "JPEG"}.get(name[-3:], name.split(".")[-1]), **options)
    read = ImageOps.exif_transpose(Image.open(io.BytesIO(file.getvalue())))
    if read.mode.startswith("I"):
        expected = np.repeat(((np.array(read, np.int64) * 255 + 32767) // 65535)[..., None], 3, -1)
    else:
        values = np.array(read.convert("RGBA"), np.int64)
        a = values[..., 3:]
        expected = (values[..., :3] * a + 255 * (255 - a) + 127) // 255
    entries.append(
        {
            "name": name,
            "file": base64.b64encode(file.getvalue()).decode(),
            "height": expected.shape[0],
            "width": expected.shape[1],
            "expected": base64.b64encode(expected.astype(np.uint8).tobytes()).decode(),
            "tolerance": tolerance,
        }
    )
json.dump({"pillow": PIL.__version__, "images": entries}, sys.stdout, indent=1)
