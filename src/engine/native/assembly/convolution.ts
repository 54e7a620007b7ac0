import { convolveImage } from "./convolve";
import { Convolution } from "./instructionSet";
import { imageBytes, imageCount, size, tileOf, word } from "./words";

/** k×k convolutions of any stride and number of groups, and the gradients of their inputs (He et al. 2015, section 3.3). */
export function convolution(): void {
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
