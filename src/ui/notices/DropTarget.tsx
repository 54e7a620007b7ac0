import { useEffect, useState } from 'react'
import { useLab } from '../common/useLab.ts'

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

/** The whole page takes a dropped CIFAR-10 file. */
export const DropTarget = () => {
  const { controller } = useLab()
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      setOver(false)
      const files = [...(event.dataTransfer?.files ?? [])]
      if (files.length > 0) controller.importCifar(files)
    }
    addEventListener('dragover', over)
    addEventListener('dragleave', leave)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('dragleave', leave)
      removeEventListener('drop', drop)
    }
  }, [controller])
  if (!isOver) return null
  return (
    <div className="drop" aria-hidden="true">
      <p className="drop__title">Drop your CIFAR-10</p>
      <p>cifar-10-binary.tar.gz, or its .bin files. It is read here and stays here.</p>
    </div>
  )
}
