import type { ConnectorAbout, ReviewPart } from '../../utils/connectors/types.ts';

const names: Readonly<Record<ReviewPart, string>> = {
  verdict: 'Verdict',
  ratings: 'Ratings',
  labels: 'Labels',
  findings: 'Findings',
  preference: 'Comparison',
  correction: 'Correction',
  comment: 'Comment',
  answer: 'Answer and prompt',
  oversight: 'Why a person was asked',
};

const how = { own: 'Arrives', metadata: 'As metadata', lost: 'Does not arrive' } as const;

/** What of a review arrives at such a destination, and in what form. */
export function CarriesTable({ about }: { readonly about: ConnectorAbout }) {
  return (
    <div class="wb-carries">
      <table>
        <thead>
          <tr>
            <th scope="col">Part of a review</th>
            <th scope="col">In {about.name}</th>
            <th scope="col">As</th>
          </tr>
        </thead>
        <tbody>
          {(Object.keys(names) as ReviewPart[]).map((part) => {
            const carried = about.carries[part];
            return (
              <tr key={part}>
                <th scope="row">{names[part]}</th>
                <td class={carried.how === 'lost' ? 'wb-tone-bad' : ''}>{how[carried.how]}</td>
                <td>{carried.as}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <dl>
        <dt>Sent twice</dt>
        <dd>{about.repeats}</dd>
        <dt>Deleted here</dt>
        <dd>{about.deletion}</dd>
      </dl>
    </div>
  );
}
