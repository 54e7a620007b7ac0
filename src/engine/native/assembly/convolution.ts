import { convolveImage, multiply } from "./convolve";
import { Convolution } from "./instructionSet";
import { imageBytes, imageCount, size, tileOf, word } from "./words";

/** Whether each row of pixels is a product of matrices: 1×1 convolutions without stride or groups, of whole fours and eights. */
@inline
function isProduct(): bool {
  const depth = word(Convolution.segmentFloats);
  return (
    word(Convolution.segmentCount) == 1 &&
    word(Convolution.groups) == 1 &&
    word(Convolution.inputPixel) == depth << 2 &&
    word(Convolution.outputPixel) == word(Convolution.blocks) << 5 &&
    (word(Convolution.columns) & 3) == 0
  );
}

/** k×k convolutions of any stride and number of groups, and the gradients of their inputs (He et al. 2015, section 3.3). */
export function convolution(): void {
  if (isProduct()) return products();
  const groups = word(Convolution.groups);
  let input = tileOf(Convolution.input);
  let output = tileOf(Convolution.output) + size(Convolution.outputStart);
  for (let image = 0; image < imageCount; image++) {
    for (let group = 0; group < groups; group++)
      convolveImage(
        input + <usize>group * size(Convolution.inputGroup),
        size(Convolution.inputPixel), size(Convolution.inputRow),
        output + <usize>group * size(Convolution.outputGroup),
        size(Convolution.outputPixel), size(Convolution.outputRow),
        word(Convolution.rows), word(Convolution.columns),
        size(Convolution.kernel) + <usize>group * size(Convolution.kernelGroup),
        size(Convolution.segments), word(Convolution.segmentCount), word(Convolution.segmentFloats),
        word(Convolution.blocks), word(Convolution.fourMore) != 0,
      );
    input += imageBytes(Convolution.input);
    output += imageBytes(Convolution.output);
  }
}

function products(): void {
  // Its only stretch begins at the pixel itself.
  const segments = size(Convolution.segments);
  let input = tileOf(Convolution.input), output = tileOf(Convolution.output);
  for (let image = 0; image < imageCount; image++) {
    for (let row: usize = 0; row < size(Convolution.rows); row++)
      multiply(
        input + row * size(Convolution.inputRow), word(Convolution.segmentFloats), size(Convolution.kernel),
        output + row * size(Convolution.outputRow), word(Convolution.columns), word(Convolution.blocks), segments,
      );
    input += imageBytes(Convolution.input);
    output += imageBytes(Convolution.output);
  }
}
