import './study.css'
import { type ReactNode, useState } from 'react'
import { useStore } from 'zustand'
import { equalData } from '../../domain/equalData.ts'
import { defaultStudy, type StudyRequest } from '../../domain/study.ts'
import { type StudyKind, studyKinds } from '../../domain/studyVariants.ts'
import { studyRecipe } from '../../export/studyText.ts'
import { useLab, useSpec } from '../common/useLab.ts'
import { Segments } from './Segments.tsx'
import { StudyActions } from './StudyActions.tsx'
import { StudyForm } from './StudyForm.tsx'
import { StudyProgressBox } from './StudyProgressBox.tsx'
import { StudyResults } from './StudyResults.tsx'
import { type BaseChoice, baseChoices } from './studyChoices.ts'
import { studyQuestions } from './studyWords.ts'

const kinds = studyKinds.map((value) => ({ value, name: studyQuestions[value] }))

/** Every shortcut, or every order of batch norm and ReLU, at one depth with a few seeds, beside the published errors. */
export const StudyPanel = ({ close }: { readonly close: () => void }) => {
  const { study } = useLab()
  const running = useStore(study, (state) => state.running)
  const [kind, setKind] = useState<StudyKind>(running?.kind ?? 'shortcuts')
  const record = useStore(study, ({ records }) => records[kind])
  const choice = <Segments label="Compare" options={kinds} value={kind} onChange={setKind} />
  return (
    <div className="study">
      <p className="study__intro">
        All variants of one kind train at one depth: with one seed on the same images, from the same weights,
        with the same batches. Several seeds show how much of a difference is chance (He et al. 2016).
      </p>
      {running === null ? (
        <StudySetUp key={kind} kind={kind}>
          {choice}
        </StudySetUp>
      ) : (
        <>
          {choice}
          {running.kind === kind && record !== null ? (
            <StudyProgressBox progress={running} record={record} close={close} />
          ) : (
            <p className="note">The study of {running.kind} is running; this one can be started after it.</p>
          )}
        </>
      )}
      {record === null && running === null ? null : (
        <StudyResults
          key={`results-${kind}`}
          record={record ?? { request: defaultStudy(kind), results: [] }}
        />
      )}
    </div>
  )
}

/** The next study of a kind: it begins as the last one was. */
const StudySetUp = ({ kind, children }: { readonly kind: StudyKind; readonly children: ReactNode }) => {
  const { study } = useLab()
  const spec = useSpec((state) => state.spec)
  const record = useStore(study, ({ records }) => records[kind])
  const bases = baseChoices(spec, record)
  const first = record?.request ?? defaultStudy(kind)
  const [chosen, setChosen] = useState({ depth: first.depth, seeds: first.seeds })
  const [wanted, setBase] = useState<BaseChoice['value']>(
    () => bases.find(({ base }) => equalData(base, first.base))?.value ?? 'default',
  )
  const choice = bases.find(({ value }) => value === wanted) ?? bases[0]
  const request: StudyRequest = { ...first, ...chosen, base: choice?.base ?? first.base }
  return (
    <>
      <div className="study__choices">
        {children}
        <StudyForm
          request={request}
          bases={bases}
          base={choice?.value ?? 'default'}
          onChange={(change) => setChosen({ ...chosen, ...change })}
          onBase={setBase}
        />
      </div>
      <p className="note">{studyRecipe(request)}</p>
      <StudyActions request={request} record={record} />
      {/* Before anything has run, the empty table is headed by what is chosen. */}
      {record === null && <StudyResults record={{ request, results: [] }} />}
    </>
  )
}
