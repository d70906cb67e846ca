import './facts.css';

/** What a destination means, before there is one: what leaves, when, and that nothing does without. */
export function WhatLeaves() {
  return (
    <div class="wb-leaves">
      <p>Until you add a destination, Countersign makes no request to anyone. With one:</p>
      <dl class="wb-facts">
        <div>
          <dt>What leaves</dt>
          <dd>
            Each review: your verdict, labels, rating, correction and comment; the answer you judged, and the prompt if
            you keep it; the page’s address without query, its title, and your name if you gave one. Personal data and
            passwords are replaced where they are recognised, unless you choose otherwise below.
          </dd>
        </div>
        <div>
          <dt>Redacted first</dt>
          <dd>
            E-mail addresses, phone, card and account numbers, passwords and keys that we recognise in these texts are
            replaced before anything leaves. Names are not, and no check finds everything. Below you can choose to send
            less, or the texts as they are.
          </dd>
        </div>
        <div>
          <dt>When</dt>
          <dd>8 seconds after you save, when it can no longer be undone. Offline, it waits and is tried again.</dd>
        </div>
        <div>
          <dt>Where to</dt>
          <dd>Only to the address you enter. Reviews you saved before stay here unless you send them yourself.</dd>
        </div>
      </dl>
    </div>
  );
}
