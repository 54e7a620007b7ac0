/** For tests: names of all elements in order; throws where the markup is not well-formed. */
export const elementsOf = (svg: string): readonly string[] => {
  const open: string[] = []
  const names: string[] = []
  const rest = svg.replace(
    /<(\/?)([a-z]+)((?: [a-zA-Z0-9:-]+="[^"<&]*(?:&(?:amp|lt|gt|quot|apos);[^"<&]*)*")*)(\/?)>/g,
    (_, close, name, attributes, selfClosing) => {
      const keys = [...String(attributes).matchAll(/ ([a-zA-Z0-9:-]+)=/g)].map(([, key]) => key)
      if (new Set(keys).size !== keys.length) throw new Error(`attribute twice in ${name}`)
      if (close === '/') {
        if (open.pop() !== name) throw new Error(`</${name}> closes nothing`)
      } else {
        names.push(name)
        if (selfClosing !== '/') open.push(name)
      }
      return ''
    },
  )
  if (open.length > 0) throw new Error(`${open.join(', ')} left open`)
  if (/[<>]|&(?!(?:amp|lt|gt|quot|apos);)/.test(rest)) throw new Error(`bare markup: ${rest.slice(0, 200)}`)
  return names
}
