import { X } from 'lucide';
import { Button } from '../../controls/button.tsx';
import { Section } from '../section.tsx';
import type { AuthorEntry } from './types.ts';

interface AuthorListProps {
  readonly authors: readonly AuthorEntry[];
  readonly onForget: (author: AuthorEntry) => void;
}

/** Whom the reviewer or the team named, by site. */
export function AuthorList({ authors, onForget }: AuthorListProps) {
  const sites = [...new Set(authors.map(({ siteName }) => siteName))];
  return (
    <Section
      id="authors"
      title="Authors"
      about="On pages where people and AI write side by side, Countersign asks once who is who and remembers it per site."
    >
      {authors.length === 0 && <p class="quiet">Nobody was named yet. You are asked in place where it matters.</p>}
      {sites.map((site) => (
        <div key={site} class="st-group">
          <h3 class="captured">{site}</h3>
          <ul class="st-rows">
            {authors
              .filter(({ siteName }) => siteName === site)
              .map((one) => (
                <li key={`${one.origin} ${one.author} ${one.only}`} class="st-author">
                  <span class="captured">{one.author}</span>
                  <span class="quiet">
                    {one.is === 'assistant' ? 'AI' : 'a person'}
                    {one.origin === 'team' && ', says the team'}
                    {one.only !== null && `, on ${one.only}`}
                  </span>
                  {one.origin === 'user' && (
                    <Button
                      kind="quiet"
                      icon={X}
                      label={`Forget ${one.author} on ${site}`}
                      onPress={() => onForget(one)}
                    />
                  )}
                </li>
              ))}
          </ul>
        </div>
      ))}
    </Section>
  );
}
