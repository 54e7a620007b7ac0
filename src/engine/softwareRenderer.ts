/** Names under which WebGL runs on the processor: Chrome's, Mesa's, Windows' two. */
const softwareNames = /swiftshader|llvmpipe|softpipe|microsoft basic render|\bwarp\b|software/i

/** Whether WebGL's renderer string names a program on the processor, no GPU. */
export const isSoftwareRenderer = (renderer: string): boolean => softwareNames.test(renderer)
