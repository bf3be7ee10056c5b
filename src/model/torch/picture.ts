/** The picture reader's part of the PyTorch program: its encoder, and how a picture is written as text. */

import { CELL_SIDE, INK, type PictureSize } from '../../lib/picture-cells.ts';
import { convolutionsOf, type ModelShape } from '../parameters.ts';

/** The sizes of a picture, for the head of the program. */
export const pictureConstants = ({ height, width }: PictureSize): string =>
  `HEIGHT, WIDTH, CELL = ${height}, ${width}, ${CELL_SIDE}  # pixels, and pixels along a side of a cell; S = HEIGHT * WIDTH / CELL**2\n`;

export function pictureEncoderModule(shape: ModelShape): string {
  const layers = convolutionsOf(shape).map(
    ({ input, output, step }) =>
      `                nn.Conv2d(${input}, ${output}, 3, padding=1${step === 1 ? '' : `, stride=${step}`}),`,
  );
  return `class Encoder(nn.Module):
    """Annotations [B, S, De] of the cells of pictures [B, HEIGHT, WIDTH], 0 paper to 1 ink, and their mean [B, De] twice."""

    def __init__(self):
        super().__init__()
        self.conv = nn.ModuleList(
            [
${layers.join('\n')}
            ]
        )

    def forward(self, picture):
        # Beside its grey a pixel has its place, from -1 to 1 (CoordConv, Liu et al. 2018).
        across = (2 * torch.arange(WIDTH, device=picture.device) + 1) / WIDTH - 1
        down = (2 * torch.arange(HEIGHT, device=picture.device) + 1) / HEIGHT - 1
        places = [across.expand_as(picture), down.unsqueeze(1).expand_as(picture)]
        x = torch.stack([picture, *places], 1)
        for i, conv in enumerate(self.conv):
            x = torch.tanh(conv(x)) if i == len(self.conv) - 1 else torch.relu(conv(x))
        annotations = x.flatten(2).transpose(1, 2)
        return annotations, annotations.mean(1), annotations.mean(1)`;
}

/** Reads what the page writes of a picture: a number of 32 bits for each cell, two for the grey of each pixel. */
export function pictureFunctions(): string {
  return `def picture_of(cells):
    """A picture [1, HEIGHT, WIDTH] from the bits of its cells, row by row; each has two bits a pixel from the lowest on."""
    picture = torch.zeros(1, HEIGHT, WIDTH)
    for place, bits in enumerate(cells):
        top, left = divmod(place, WIDTH // CELL)
        for pixel in range(CELL * CELL):
            y, x = CELL * top + pixel // CELL, CELL * left + pixel % CELL
            picture[0, y, x] = (bits >> (2 * pixel) & ${INK}) / ${INK}
    return picture


def cells_of_text(text):
    """The cells of a picture as the page's links have it: their bytes in base64."""
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    return [f"{place}:{bits:08x}" for place, bits in enumerate(struct.unpack(f"<{len(data) // 4}I", data))]`;
}
