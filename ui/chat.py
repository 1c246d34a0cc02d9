"""The Ask tab: conversations, the one that is open, and beside it the record that a source opens."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from ui.address import Address
from ui.asking import Asking
from ui.conversation import Talk
from ui.conversation_list import SHOW, TalkList
from ui.correcting import Correcting
from ui.listeners import on, run_js, visitor
from ui.mail_file import Letters
from ui.rating import Rating
from ui.sources_pane import nothing_open, opened, still_there
from ui.tongue import label, language, said

if TYPE_CHECKING:
    from house import House

LONGEST_QUESTION = 100_000  # characters; a pasted thread is a question too
# The newest question goes to the top of the chat, so that its answer is read from its first line.
TO_QUESTION = """() => {
  const asked = [...document.querySelectorAll('#chat .user-row')].pop(), log = asked?.closest('.bubble-wrap');
  if (!log) return;
  const above = asked.getBoundingClientRect().top - log.getBoundingClientRect().top;
  log.scrollTo({top: log.scrollTop + above - 8});
}"""
FOCUS = """() => {
  if (matchMedia('(pointer: fine)').matches) document.querySelector('#ask textarea')?.focus({preventScroll: true});
}"""  # not on a phone, where focus brings up the keyboard
SHOW_RECORD = """() => {
  if (innerWidth <= 900) document.querySelector('#record')?.scrollIntoView({behavior: 'smooth'});
}"""
# A source is opened by its button here or by its number in any answer of the chat.
OPENERS = """
const open = (turn, number) => trigger('click', {turn: Number(turn), number: Number(number)});
element.addEventListener('click', event => {
  const button = event.target.closest('.source');
  if (button) open(button.dataset.turn, button.dataset.number);
});
document.addEventListener('click', event => {
  const cite = event.target.closest('#chat a.cite');
  if (!cite) return;
  event.preventDefault();
  const [turn, number] = cite.hash.replace('#source-', '').split('-');
  open(turn, number);
});
"""


def starters(house: "House") -> list[dict[str, str]]:
    """Questions to begin with, as the chat takes them."""
    return [{"text": question} for question in house.starters(language())]


class AskTab:
    """The tab's components with what they do. `attach` comes last, when every way to ask is known.

    `revised` is the event after which the record that stands open may be there no more.
    """

    def __init__(self, house: "House", where: Any, revised: Any) -> None:
        import gradio as gr

        self.house, self.where = house, where
        self.asking = Asking(house)
        self.growing: list[Any] = []  # the listeners that draw an answer as it grows
        self.talk, self.go = gr.State(Talk()), gr.State(False)
        self.asked_elsewhere: list[tuple[Any, Callable[..., str], list[Any]]] = []
        with gr.Row(elem_classes="desk asked"):
            self.talks = TalkList(house)
            with gr.Column(scale=7, min_width=340, elem_classes="conversation"):
                self.more = gr.Button("", size="sm", visible=False, elem_id="earlier")
                self.chat = gr.Chatbot(
                    elem_id="chat",
                    label=label("ask.chat"),
                    show_label=False,
                    container=False,
                    height="100%",
                    buttons=["copy"],
                    autoscroll=False,
                    latex_delimiters=[],
                    allow_tags=False,
                    feedback_options=None,
                    allow_file_downloads=False,
                    examples=starters(house),  # type: ignore[arg-type]
                    placeholder=label("ask.welcome"),
                )
                self.rating = Rating(house)
                self.letters = Letters()
                with gr.Row(elem_classes="asking"):
                    self.box = gr.Textbox(
                        elem_id="ask",
                        show_label=False,
                        label=label("ask.question"),
                        placeholder=label("ask.placeholder"),
                        lines=1,
                        max_lines=6,
                        max_length=LONGEST_QUESTION,
                        autofocus=True,
                        submit_btn=True,
                    )
                    self.all = gr.Button(label("talks.all"), size="sm", elem_id="all-talks", scale=0, min_width=60)
                    self.anew = gr.Button(label("ask.anew"), size="sm", elem_id="anew", scale=0, min_width=60)
            with gr.Column(scale=5, min_width=340, elem_classes="viewer"):
                self.sources = gr.HTML(elem_id="sources", js_on_load=OPENERS, apply_default_css=False)
                self.record = gr.HTML(elem_id="record", apply_default_css=False)
                for mended in Correcting(house, "mend").follow(self.record):
                    on(mended.then, lambda: gr.Info(said("correct.answers_stay")), [], [], queue=True)
        on(revised, partial(still_there, house), [self.record], [self.record])

    def also_asked_by(self, trigger: Any, question: Callable[..., str], inputs: Sequence[Any]) -> None:
        """Another place in the window that asks; `question` makes the words of its inputs."""
        self.asked_elsewhere.append((trigger, question, list(inputs)))

    @property
    def arrival(self) -> list[Any]:
        """What `arrived` fills."""
        return [self.talk, self.chat, self.more, self.go]

    def arrived(self, owner: str, conversation_id: str) -> list[Any]:
        """The conversation that an address names, growing where its last answer still is. Raises MissingPart."""
        talk = self.asking.opened(owner, conversation_id)
        return [*self._drawn(talk), talk.busy]

    def attach(self) -> None:
        """Asking: take the question and draw it at once, then let the answer grow, then open its first source."""
        import gradio as gr

        def typed(text: str, talk: Talk, request: gr.Request) -> list[Any]:
            return self._taken(text, talk, request.username or "")

        def picked(choice: gr.SelectData, talk: Talk, request: gr.Request) -> list[Any]:
            value = choice.value
            text = value["text"] if isinstance(value, dict) else str(value)
            return self._taken(text, talk, request.username or "")

        def again(talk: Talk, request: gr.Request) -> list[Any]:
            asked = talk.last_again()
            return self._nothing() if asked is talk else self._begun(self.asking.begun(asked, request.username or ""))

        def stopped(talk: Talk) -> list[Any]:
            halted = self.asking.stopped(talk)
            return [*self._drawn(halted), *self._first(halted)]

        def source(talk: Talk, where: gr.EventData) -> list[str]:
            return self._view(talk, where.turn, where.number)

        def choose(where: gr.EventData, request: gr.Request) -> list[Any]:
            talk = self.asking.opened(request.username or "", where.id)
            return [_box(busy=talk.busy), *self._drawn(talk), talk.busy]

        taken = [self.box, self.talk, self.chat, self.more, self.go]
        elsewhere = [
            on(way, self._asking(made, len(given)), [*given, self.talk], taken, queue=True)
            for way, made, given in self.asked_elsewhere
        ]
        starts = [
            on(self.box.submit, typed, [self.box, self.talk], taken, queue=True),
            on(self.chat.example_select, picked, [self.talk], taken, queue=True),
            on(self.chat.option_select, picked, [self.talk], taken, queue=True),
            on(self.chat.retry, again, [self.talk], taken),
            on(self.talks.listed.click, choose, [], taken),
            *elsewhere,
        ]
        for start in starts:
            self.follow(start.then)
        halted = [self.talk, self.chat, self.more, self.box, self.sources, self.record]
        on(self.box.stop, stopped, [self.talk], halted, cancels=list(self.growing))
        opened_one = on(self.sources.click, source, [self.talk], [self.sources, self.record])
        run_js(opened_one.then, SHOW_RECORD)
        cleared = [*halted, self.where]
        for clear in (self.anew.click, self.chat.clear):
            self._listed_anew(on(clear, _cleared, [], cleared).then)
        on(self.more.click, lambda talk: self._drawn(talk.earlier()), [self.talk], [self.talk, self.chat, self.more])
        run_js(self.all.click, SHOW)
        self.rating.attach(self.talk, self.chat)
        self.letters.attach(self.talk)
        self.talks.attach(self.talk, (_cleared, cleared))

    def leave(self) -> None:
        """Whoever opens another conversation sees the last one's answer grow no more; it grows on all the same."""
        for left in (self.talks.listed.click, self.anew.click, self.chat.clear):
            on(left, lambda: None, [], [], cancels=list(self.growing))

    def follow(self, trigger: Callable[..., Any]) -> None:
        """After a question was taken or a conversation opened: the answer grows, its sources open."""
        import gradio as gr

        def grow(talk: Talk, go: bool) -> Iterator[list[Any]]:
            waits = go and talk.busy  # a second listener may come when the first has drawn the answer already
            running = self.asking.running.of(talk.id) if waits else None
            if running is not None:
                for answer in running.watch():
                    yield self._drawn(talk.grow(answer))
            elif waits:
                yield self._drawn(self.asking.opened(visitor(), talk.id))  # it was done before anybody could watch
            else:
                yield [gr.skip()] * 3  # to yield nothing at all would empty the chat

        def first(talk: Talk, search: str, request: gr.Request) -> list[Any]:
            listed = self.talks.drawn(request.username or "", search, talk.id)
            where = str(Address(conversation=talk.id)) if talk.id else gr.skip()
            return [*self._first(talk), listed, where]

        grown = on(trigger, grow, [self.talk, self.go], [self.talk, self.chat, self.more])
        asked = [self.box, self.sources, self.record, self.talks.listed, self.where]
        run_js(trigger, TO_QUESTION)
        settled = on(grown.then, first, [self.talk, self.talks.search], asked)
        run_js(settled.then, TO_QUESTION)
        run_js(settled.then, FOCUS)
        self.growing.append(grown)

    def _listed_anew(self, trigger: Callable[..., Any]) -> None:
        import gradio as gr

        def drawn(talk: Talk, search: str, request: gr.Request) -> str:
            return self.talks.drawn(request.username or "", search, talk.id)

        on(trigger, drawn, [self.talk, self.talks.search], [self.talks.listed])

    def _asking(self, question: Callable[..., str], given: int) -> Callable[..., list[Any]]:
        def asked(*inputs: Any) -> list[Any]:
            return self._taken(question(*inputs[:given]), inputs[given], visitor())

        return asked

    def _taken(self, text: str, talk: Talk, owner: str) -> list[Any]:
        """The question moves from the box to the chat, unless there is none or one is under way."""
        asked = self.asking.taken(text, talk, owner)
        return self._begun(asked, empty=True) if asked else self._nothing()

    def _begun(self, talk: Talk, empty: bool = False) -> list[Any]:
        return [_box(busy=True, empty=empty), *self._drawn(talk), True]

    def _nothing(self) -> list[Any]:
        import gradio as gr

        return [gr.skip(), gr.skip(), gr.skip(), gr.skip(), False]

    def _drawn(self, talk: Talk) -> list[Any]:
        return [talk, talk.bubbles(), self._earlier(talk)]

    def _earlier(self, talk: Talk) -> Any:
        import gradio as gr

        return gr.Button(value=said("ask.earlier", n=talk.hidden), visible=talk.hidden > 0)

    def _first(self, talk: Talk) -> list[Any]:
        """The box takes questions again; the newest answer's first source is open."""
        import gradio as gr

        if not talk.turns:
            return [_box(busy=talk.busy), gr.skip(), gr.skip()]
        return [_box(busy=talk.busy), *self._view(talk, len(talk.turns) - 1, 0)]

    def _view(self, talk: Talk, turn: int, number: int) -> list[str]:
        if not 0 <= turn < len(talk.turns):
            return ["", nothing_open()]
        view = opened(self.house, talk.turns[turn].answer, turn, number)
        return [view.sources, view.record]


def _cleared() -> list[Any]:
    import gradio as gr

    return [Talk(), [], gr.Button(visible=False), _box(busy=False), "", nothing_open(), "?"]


def _box(busy: bool, empty: bool = False) -> Any:
    """The box with the button that fits: send, or stop while an answer grows."""
    import gradio as gr

    if empty:
        return gr.update(value="", submit_btn=not busy, stop_btn=busy)
    return gr.update(submit_btn=not busy, stop_btn=busy)
