/**
 * The findings of the answers near the viewport, painted where they are now. Where an answer's text is another one than
 * was asked about, the background is asked again; while an editor is open on an answer, its findings count instead.
 */
import { anchorInSlices, describe } from '../../utils/anchoring/index.ts';
import { mapText, type TextMap } from '../../utils/detection/text-map.ts';
import type { Response } from '../../utils/detection/types.ts';
import type { ShownFinding } from '../../utils/messaging/contract.ts';
import type { Marked, Painter, PainterParts } from '../../utils/parts.ts';
import { type Painted, paint } from './highlights.ts';
import { createPointing } from './pointing.ts';

/** Silence of an answer's nodes after which it is read again, in ms. */
const QUIET_MS = 150;
/** Attributes by which parts of an answer are shown and hidden. */
const SHOWING = ['class', 'style', 'hidden', 'open', 'aria-hidden'];
/** Most ranges that are painted at once; further ones would make each frame of a page that streams dearer. */
const MOST_RANGES = 2_000;

/** What an open editor has of one answer. */
interface Session {
  readonly text: string;
  findings: readonly ShownFinding[];
  pointed: string | null;
}

/** One answer with findings. */
interface Answer {
  response: Response;
  revision: string | null;
  reviewedAs: string;
  near: boolean;
  /** For which text and revision `stored` was answered. */
  asked: string;
  stored: readonly ShownFinding[];
  session: Session | null;
  /** Where its words are; null until it is read, and once something in it changed. */
  map: TextMap | null;
  /** What is painted, by finding. */
  painted: ReadonlyMap<string, Painted>;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** A place of no length shows by what stands at it. */
const seen = ({ start, end }: ShownFinding) =>
  start === end ? { start: Math.max(0, start - 1), end: end + 1 } : { start, end };

export function createPainter({ detector, call, signal }: PainterParts): Painter {
  const answers = new Map<string, Answer>();
  const byElement = new WeakMap<Element, Answer>();
  let turn: Promise<unknown> = Promise.resolve();
  let frame = 0;

  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const answer = byElement.get(target);
        if (!answer || answer.near === isIntersecting) continue;
        answer.near = isIntersecting;
        if (isIntersecting) plan(answer, 0);
        else repaint();
      }
    },
    { rootMargin: '100% 0px' },
  );
  const changes = new MutationObserver(onChanges);
  function onChanges(records: readonly MutationRecord[]) {
    for (const answer of records.length > 0 ? answers.values() : []) {
      const { element, body } = answer.response;
      const own = records.filter(
        ({ target }) => element.contains(target) || body.some((part) => part.contains(target)),
      );
      if (own.length > 0) answer.map = null;
      if (answer.near && own.some(({ type }) => type !== 'attributes')) plan(answer, QUIET_MS);
    }
  }

  /** Where the words of an answer are; read anew only where something in it changed since. */
  function mapOf(answer: Answer): TextMap | null {
    onChanges(changes.takeRecords());
    answer.map ??= mapText(detector.source(answer.response));
    return answer.map;
  }

  function watch(answer: Answer) {
    const { element, body } = answer.response;
    byElement.set(element, answer);
    observer.observe(element);
    const options = { childList: true, characterData: true, subtree: true, attributeFilter: SHOWING };
    for (const node of [element, ...body]) changes.observe(node, options);
  }

  function plan(answer: Answer, wait: number) {
    clearTimeout(answer.timer);
    answer.timer = setTimeout(() => {
      turn = turn.then(() => look(answer)).catch(() => {});
    }, wait);
  }

  /** Where the findings are in today's text: of the open editor, or of the stored review. */
  async function findingsNow(answer: Answer, map: TextMap): Promise<readonly ShownFinding[]> {
    const { session, revision } = answer;
    if (session) {
      if (session.text === map.text) return session.findings;
      const spots = session.findings.map(({ id, start, end }) => ({ id, ...describe(session.text, start, end) }));
      const anchored = await anchorInSlices(session.text, spots, map.text, signal);
      const places = new Map(anchored?.placed.map((place) => [place.id, place]));
      return session.findings.flatMap((finding) => {
        const place = places.get(finding.id);
        return place ? { ...finding, start: place.start, end: place.end } : [];
      });
    }
    if (revision === null) return [];
    const asked = `${revision} ${map.text}`;
    if (answer.asked !== asked) {
      const reply = await call('anchorFindings', { responseKey: answer.reviewedAs, text: map.text });
      if (!reply.ok) return [];
      answer.asked = asked;
      answer.stored = reply.value.findings;
    }
    return answer.stored;
  }

  async function look(answer: Answer) {
    if (signal.aborted || !answer.near || answers.get(answer.response.key) !== answer) return;
    const map = mapOf(answer);
    const findings = map ? await findingsNow(answer, map) : [];
    const painted = new Map<string, Painted>();
    for (const finding of findings) {
      painted.set(finding.id, { kind: finding.severity, ranges: map?.rangesOf(seen(finding)) ?? [] });
    }
    answer.painted = painted;
    repaint();
  }

  function repaint() {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      const all: Painted[] = [];
      let room = MOST_RANGES;
      for (const { near, painted, session } of answers.values()) {
        if (!near) continue;
        for (const [id, one] of painted) {
          room -= one.ranges.length;
          if (room < 0) break;
          all.push(one);
          if (session?.pointed === id) all.push({ ...one, kind: 'point' });
        }
      }
      paint(all);
    });
  }

  function answerOf(response: Response): Answer {
    let answer = answers.get(response.key);
    if (!answer) {
      const none = {
        revision: null,
        reviewedAs: response.key,
        near: false,
        asked: '',
        stored: [],
        session: null,
        map: null,
        timer: undefined,
      };
      answer = { response, ...none, painted: new Map() };
      answers.set(response.key, answer);
      watch(answer);
    } else if (answer.response.element !== response.element || answer.response.body[0] !== response.body[0]) {
      observer.unobserve(answer.response.element);
      Object.assign(answer, { response, near: false, map: null });
      watch(answer);
    } else answer.response = response;
    return answer;
  }

  function forget(answer: Answer) {
    clearTimeout(answer.timer);
    observer.unobserve(answer.response.element);
    answers.delete(answer.response.key);
    repaint();
  }

  signal.addEventListener('abort', () => {
    observer.disconnect();
    changes.disconnect();
    cancelAnimationFrame(frame);
    for (const { timer } of answers.values()) clearTimeout(timer);
    paint([]);
  });

  return {
    mark(marked: readonly Marked[]) {
      const keys = new Set(marked.map(({ response }) => response.key));
      for (const answer of [...answers.values()]) {
        if (keys.has(answer.response.key)) continue;
        answer.revision = null;
        if (!answer.session) forget(answer);
      }
      for (const { response, reviewedAs, revision } of marked) {
        const answer = answerOf(response);
        answer.reviewedAs = reviewedAs;
        const isNew = answer.revision !== revision;
        answer.revision = revision;
        if (isNew && answer.near) plan(answer, 0);
      }
    },
    locate(response, text, range) {
      const known = answers.get(response.key);
      // Who knows of no change in it may still have missed one around it.
      const kept = known?.response.element === response.element ? mapOf(known) : null;
      const map = kept?.text === text ? kept : mapText(detector.source(response));
      return map?.text === text ? map.spanOf(range) : null;
    },
    attach(response, text, onPoint) {
      const answer = answerOf(response);
      const session: Session = { text, findings: [], pointed: null };
      answer.session = session;
      answer.near = true;
      const end = createPointing(() => (answer.session === session ? answer.painted : new Map()), onPoint, signal);
      return {
        show(findings) {
          session.findings = findings;
          plan(answer, 0);
        },
        point(id) {
          session.pointed = id;
          repaint();
        },
        end() {
          end();
          if (answer.session !== session) return;
          answer.session = null;
          if (answer.revision === null) forget(answer);
          else plan(answer, 0);
        },
      };
    },
  };
}
