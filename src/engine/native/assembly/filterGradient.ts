import { FilterGradient } from "./instructionSet";
import { sumFourByEight, sumFourByFour } from "./sumProducts";
import { imageBytes, imageCount, rowBytes, size, slice, tileOf, word } from "./words";

/** Gradients of the kernels of k×k convolutions, of any stride and number of groups. */
export function filterGradient(): void {
  const input = tileOf(FilterGradient.input), gradient = tileOf(FilterGradient.gradient);
  const inputPixel = size(FilterGradient.inputPixel), inputRow = size(FilterGradient.inputRow);
  const inputImage = imageBytes(FilterGradient.input);
  const gradientPixel = size(FilterGradient.gradientPixel), gradientRow = rowBytes(FilterGradient.gradient);
  const gradientImage = imageBytes(FilterGradient.gradient);
  const rows = word(FilterGradient.rows), columns = word(FilterGradient.columns);
  const segments = size(FilterGradient.segments), segmentCount = word(FilterGradient.segmentCount);
  const segmentFloats = word(FilterGradient.segmentFloats);
  const blocks = word(FilterGradient.blocks), fourMore = word(FilterGradient.fourMore) != 0;
  const targetRow = size(FilterGradient.rowFloats) << 2;
  const kernelGradient = size(FilterGradient.kernelGradient) + <usize>slice * size(FilterGradient.sliceBytes);

  for (let group = 0; group < word(FilterGradient.groups); group++) {
    const groupInput = input + <usize>group * size(FilterGradient.inputGroup);
    const groupShift = <usize>group * size(FilterGradient.outputGroup);
    let target = kernelGradient + groupShift;
    for (let segment = 0; segment < segmentCount; segment++) {
      const from = groupInput + <usize>load<i32>(segments + (<usize>segment << 2));
      for (let j = 0; j < segmentFloats; j += 4) {
        const x = from + (<usize>j << 2);
        let g = gradient + groupShift, to = target;
        for (let block = 0; block < blocks; block++) {
          sumFourByEight(
            x, inputPixel, inputRow, inputImage, g, gradientPixel, gradientRow, gradientImage,
            imageCount, rows, columns, to, targetRow,
          );
          g += 32;
          to += 32;
        }
        if (fourMore)
          sumFourByFour(
            x, inputPixel, inputRow, inputImage, g, gradientPixel, gradientRow, gradientImage,
            imageCount, rows, columns, to, targetRow,
          );
        target += targetRow << 2;
      }
    }
  }
}
