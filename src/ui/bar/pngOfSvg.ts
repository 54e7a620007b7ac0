/** An SVG document as a PNG, drawn by the browser. Rejects where the browser cannot draw so large a picture. */
export const pngOfSvg = async (
  svg: string,
  size: { readonly width: number; readonly height: number },
  scale: number,
): Promise<Blob> => {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image(size.width, size.height)
    image.src = address
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = size.width * scale
    canvas.height = size.height * scale
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob === null ? reject(new Error('no picture')) : resolve(blob)), 'image/png')
    })
  } finally {
    URL.revokeObjectURL(address)
  }
}
