import './notices.css'
import { useLab, useSpec } from '../common/useLab.ts'
import { Banner } from './Banner.tsx'
import { CifarBanner } from './CifarBanner.tsx'
import { FailureBanner } from './FailureBanner.tsx'

/** Everything that the page has to tell beside the verdict; announced politely when it comes. */
export const Notices = () => {
  const { controller } = useLab()
  const notices = useSpec((state) => state.notices)
  return (
    <div className="notices" role="status">
      <FailureBanner />
      {notices.length === 0 ? null : (
        <Banner tone="warning" onDismiss={() => controller.dismissNotices()}>
          {notices.length === 1 ? (
            notices[0]
          ) : (
            <ul className="banner__list">
              {notices.map((notice) => (
                <li key={notice}>{notice}</li>
              ))}
            </ul>
          )}
        </Banner>
      )}
      <CifarBanner />
    </div>
  )
}
