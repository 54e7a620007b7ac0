import { useEffect, useRef } from 'react'

interface ThumbnailsProps {
  /** One a class; fewer while they are drawn. */
  readonly images: readonly ImageData[]
  /** Side of the images, pixels. */
  readonly side: number
  readonly classNames: readonly string[]
}

/** A row of real images, one a class. */
export const Thumbnails = ({ images, side, classNames }: ThumbnailsProps) => (
  <div
    className="thumbnails"
    role="img"
    aria-label={`One training image of each class: ${classNames.join(', ')}`}
  >
    {classNames.map((name, index) => (
      <Thumbnail key={name} name={name} side={side} image={images[index] ?? null} />
    ))}
  </div>
)

const Thumbnail = (props: {
  readonly name: string
  readonly side: number
  readonly image: ImageData | null
}) => {
  const { name, side, image } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    if (image !== null) canvas.current?.getContext('2d')?.putImageData(image, 0, 0)
  }, [image])
  return <canvas ref={canvas} width={side} height={side} title={name} />
}
