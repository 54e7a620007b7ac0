import type { PublishedError } from '../../domain/architecturesPublished.ts'

/** What papers report, with source and conditions: plainly not from here. */
export const PublishedErrors = ({ errors }: { readonly errors: readonly PublishedError[] }) => (
  <div className="explorer-published">
    <h4 className="section-title">Published, not measured here</h4>
    {errors.length === 0 ? (
      <p className="note">The lab knows of none.</p>
    ) : (
      <ul className="bare">
        {errors.map(({ value, relation, measure, source, conditions }) => (
          <li key={`${source}${value}`}>
            <span className="explorer-number">
              {relation === 'above' ? 'above ' : ''}
              {value} %
            </span>
            <span>
              {measure}
              <span className="explorer-source">
                {source}; {conditions}
              </span>
            </span>
          </li>
        ))}
      </ul>
    )}
  </div>
)
